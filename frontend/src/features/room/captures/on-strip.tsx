import { Icon } from '@/components/icon';

import { useCaptures } from './captures-context';
import { stripItems } from './strip-items';

interface Props {
  listening: boolean;
  onOpen: () => void;
}

/** One line that always says what is on; a press shows all of it, and how to switch it off. */
export function OnStrip({ listening, onOpen }: Props) {
  const items = stripItems(useCaptures(), listening);
  const loud = items.filter(({ tone }) => tone === 'loud');
  return (
    <div className="strip" data-loud={loud.length > 0 || undefined}>
      <button type="button" className="strip-button" aria-haspopup="dialog" onClick={onOpen}>
        <span className="strip-items">
          <span className="visually-hidden">What is on: </span>
          {items.length === 0 ? (
            <span className="strip-item">Nothing is recorded or watched</span>
          ) : (
            items.map(({ id, icon, text, tone }) => (
              <span key={id} className="strip-item" data-tone={tone}>
                <Icon name={icon} size={16} /> <span className="strip-text">{text}</span>
              </span>
            ))
          )}
        </span>
        <span className="strip-more" data-short={items.length > 1 || undefined}>
          <Icon name="sliders" size={16} />
          <span className="strip-more-word">{items.length === 0 ? 'Settings' : 'What is on'}</span>
        </span>
      </button>
      <span className="visually-hidden" role="status">
        {loud.map(({ text }) => text).join('. ')}
      </span>
    </div>
  );
}

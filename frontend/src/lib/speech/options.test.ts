import { expect, test } from 'vitest';

import { speechOptions } from './options';

const server = { provider: 'whisper', label: 'This server', place: 'It stays on this server.' };
const all = {
  getUserMedia: true,
  audioRecording: 'audio/webm',
  speechRecognition: true,
  onDeviceSpeech: 'available' as const,
};
const engines = (...asked: Parameters<typeof speechOptions>) =>
  speechOptions(...asked).map(({ engine }) => engine);

test('the most private and sure comes first, typing last and always', () => {
  expect(engines({ server }, all)).toEqual(['on_device', 'server', 'browser', 'none']);
  expect(engines({ server: null }, { ...all, onDeviceSpeech: 'unavailable' })).toEqual(['browser', 'none']);
  expect(engines({ server }, { ...all, audioRecording: null, speechRecognition: false })).toEqual(['none']);
});

test('each says where the voice goes', () => {
  expect(speechOptions({ server }, { ...all, onDeviceSpeech: 'downloadable' })).toEqual([
    { engine: 'on_device', goesTo: 'this device', place: null, needsInstall: true },
    { engine: 'server', goesTo: 'this server', place: 'It stays on this server.', needsInstall: false },
    { engine: 'browser', goesTo: 'your browser’s maker', place: null, needsInstall: false },
    { engine: 'none', goesTo: null, place: null, needsInstall: false },
  ]);
});

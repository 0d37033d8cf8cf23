(stills) => {
  const size = { width: 640, height: 480 };
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const context = canvas.getContext('2d');
  const pictures = Object.fromEntries(
    Object.entries(stills).map(([kind, base64]) => {
      const picture = new Image();
      picture.src = `data:image/jpeg;base64,${base64}`;
      return [kind, picture];
    }),
  );
  let shown = Object.keys(stills)[0];
  let moving = false;
  let timer;
  const given = [];

  // A real camera never gives the same picture twice; without a change a canvas gives no new frame at all.
  let tick = 0;
  const draw = () => {
    tick = (tick + 1) % 250;
    // Not random, so that two runs see the same; the three periods never meet in a run.
    const sway = moving ? Math.sin(tick * 0.9) : 0;
    const nod = moving ? Math.sin(tick * 0.7) : 0;
    const scale = moving ? 1 + 0.15 * Math.sin(tick * 0.4) : 1;
    context.setTransform(scale, 0, 0, scale, 320 * (1 - scale) + 40 * sway, 215 * (1 - scale) + 25 * nod);
    context.drawImage(pictures[shown], 0, 0, size.width, size.height);
    context.resetTransform();
    context.fillStyle = `rgb(${tick} ${tick} ${tick})`;
    context.fillRect(0, 0, 2, 2);
  };

  globalThis.fakeCamera = {
    show: async (kind) => {
      if (!pictures[kind]) throw new Error(`no scene ${kind}`);
      await pictures[kind].decode();
      shown = kind;
    },
    /** Sway, nod and lean like somebody who sits there. */
    move: (on) => {
      moving = on;
    },
    /** As a pulled cable: the track ends and says so. */
    unplug: () => {
      for (const track of given.splice(0)) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
  };

  const devices = navigator.mediaDevices;
  if (!devices) return;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async ({ video, audio }) => {
    const stream = audio ? await real({ audio }) : new MediaStream();
    if (video) {
      await pictures[shown].decode();
      draw();
      timer ??= setInterval(draw, 100);
      const [track] = canvas.captureStream(10).getVideoTracks();
      given.push(track);
      stream.addTrack(track);
    }
    return stream;
  };
}

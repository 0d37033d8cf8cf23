// Draws what a camera would see, from one picture of one face. Synthetic: a warp is no turned head and a multiplied colour no
// other person; what is proven with these scenes is that the code reacts, not how well a detector does in the world.
//
// Run in a blank page by camera.py: `await drawScene(pictureUrl, scene)` gives a JPEG as a data: address.

const width = 640;
const height = 480;
// The head in astronaut.png (512 × 512), measured by eye: centre and half axes of the ellipse that holds it.
const head = { x: 224, y: 112, rx: 62, ry: 86 };

function canvas() {
  const made = document.createElement('canvas');
  made.width = width;
  made.height = height;
  return made.getContext('2d', { willReadFrequently: true });
}

async function load(url) {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function room(context) {
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, '#b9b4a8');
  wall.addColorStop(1, '#8f8a80');
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#6d5a48';
  context.fillRect(0, 380, width, 100);
  context.fillStyle = '#d8d5cc';
  context.fillRect(430, 60, 120, 150);
}

/** Puts the head's centre at (x, y) of the frame, its half height `ry` pixels tall. */
function placed(x, y, ry) {
  const scale = ry / head.ry;
  return { x, y, scale, ry, rx: head.rx * scale };
}

function person(context, image, at) {
  context.drawImage(
    image,
    at.x - head.x * at.scale,
    at.y - head.y * at.scale,
    image.width * at.scale,
    image.height * at.scale,
  );
}

/**
 * Turns the head by looking at it as an ellipsoid: each pixel is taken from where it would lie on the unturned surface. The turn
 * fades out towards the rim, so the hair stays joined to the background.
 */
function turn(context, at, degrees) {
  const before = context.getImageData(0, 0, width, height);
  const after = context.getImageData(0, 0, width, height);
  const angle = (degrees * Math.PI) / 180;
  const depth = 1.15; // heads are deeper than wide
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = (x - at.x) / (at.rx * 1.25);
      const v = (y - at.y) / (at.ry * 1.15);
      const r2 = u * u + v * v;
      if (r2 >= 1) continue;
      const fade = Math.min(1, (1 - r2) * 2.2);
      const part = angle * fade;
      const z = Math.sqrt(1 - r2) * depth;
      const from = u * Math.cos(part) + z * Math.sin(part);
      const sx = at.x + from * at.rx * 1.25;
      const left = Math.max(0, Math.min(width - 2, Math.floor(sx)));
      const share = Math.max(0, Math.min(1, sx - left));
      for (let channel = 0; channel < 3; channel += 1) {
        const one = before.data[(y * width + left) * 4 + channel];
        const other = before.data[(y * width + left + 1) * 4 + channel];
        after.data[(y * width + x) * 4 + channel] = one * (1 - share) + other * share;
      }
    }
  }
  context.putImageData(after, 0, 0);
}

function multiply(context, red, green, blue) {
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = `rgb(${red * 255} ${green * 255} ${blue * 255})`;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-over';
}

/** What a sensor gives of an unlit room: hardly a picture, and its own noise. Always the same noise, so that the file is too. */
function nearlyBlack(context) {
  multiply(context, 0.008, 0.008, 0.01);
  const frame = context.getImageData(0, 0, width, height);
  let seed = 7;
  for (let at = 0; at < frame.data.length; at += 4) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const noise = seed / 2147483648;
    for (let channel = 0; channel < 3; channel += 1) frame.data[at + channel] += noise * 7;
  }
  context.putImageData(frame, 0, 0);
}

function sideLight(context, from) {
  const light = context.createLinearGradient(from === 'left' ? 0 : width, 0, from === 'left' ? width : 0, 0);
  light.addColorStop(0.3, 'rgb(255 255 255)');
  light.addColorStop(0.6, 'rgb(40 40 50)');
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-over';
}

function backLight(context) {
  multiply(context, 0.35, 0.35, 0.38);
  context.globalCompositeOperation = 'screen';
  const glow = context.createRadialGradient(120, 120, 20, 120, 120, 420);
  glow.addColorStop(0, 'rgb(255 250 235)');
  glow.addColorStop(1, 'rgb(60 60 60 / 0)');
  context.fillStyle = glow;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-over';
}

/** Only the face's own ellipse is re-coloured, softly, so the rest of the picture stays what it was. */
function skin(context, at, [red, green, blue]) {
  context.save();
  context.beginPath();
  context.ellipse(at.x, at.y + at.ry * 0.08, at.rx * 0.92, at.ry * 0.86, 0, 0, Math.PI * 2);
  context.clip();
  multiply(context, red, green, blue);
  context.restore();
}

function glasses(context, at, dark) {
  const y = at.y - at.ry * 0.02;
  context.strokeStyle = '#1c1a18';
  context.lineWidth = at.ry * 0.05;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.ellipse(at.x + side * at.rx * 0.36, y, at.rx * 0.29, at.ry * 0.17, 0, 0, Math.PI * 2);
    context.fillStyle = dark ? '#101014' : 'rgb(220 230 255 / 0.18)';
    context.fill();
    context.stroke();
  }
  context.beginPath();
  context.moveTo(at.x - at.rx * 0.08, y);
  context.lineTo(at.x + at.rx * 0.08, y);
  context.stroke();
}

/** A scarf around head and neck that leaves the face free. */
function scarf(context, at) {
  context.fillStyle = '#3d5a73';
  context.beginPath();
  context.ellipse(at.x, at.y, at.rx * 1.45, at.ry * 1.3, 0, 0, Math.PI * 2);
  context.ellipse(at.x, at.y + at.ry * 0.1, at.rx * 0.86, at.ry * 0.82, 0, 0, Math.PI * 2, true);
  context.fill();
  context.fillRect(at.x - at.rx * 1.3, at.y + at.ry * 0.92, at.rx * 2.6, at.ry * 0.7);
}

function cap(context, at) {
  context.fillStyle = '#2f3a2f';
  context.beginPath();
  context.ellipse(at.x, at.y - at.ry * 0.42, at.rx * 1.3, at.ry * 0.72, 0, Math.PI, 0);
  context.fill();
  context.fillRect(at.x - at.rx * 1.4, at.y - at.ry * 0.48, at.rx * 2.8, at.ry * 0.14);
}

function mask(context, at) {
  context.fillStyle = '#9fc3d6';
  context.beginPath();
  context.ellipse(at.x, at.y + at.ry * 0.5, at.rx * 0.82, at.ry * 0.46, 0, 0, Math.PI * 2);
  context.fill();
}

/** A hand in front of the lower or the whole face: a palm and four fingers in the colour of the face. */
function hand(context, at, whole) {
  context.fillStyle = '#c99a82';
  const top = whole ? at.y - at.ry * 0.5 : at.y + at.ry * 0.1;
  context.beginPath();
  context.ellipse(at.x, top + at.ry * 0.75, at.rx * 0.8, at.ry * 0.6, 0, 0, Math.PI * 2);
  context.fill();
  for (let finger = 0; finger < 4; finger += 1) {
    const x = at.x - at.rx * 0.62 + finger * at.rx * 0.42;
    context.beginPath();
    context.roundRect(x - at.rx * 0.19, top - at.ry * 0.25, at.rx * 0.36, at.ry * 0.95, at.rx * 0.18);
    context.fill();
    context.strokeStyle = 'rgb(90 55 40 / 0.6)';
    context.lineWidth = 2;
    context.stroke();
  }
}

const middle = placed(320, 215, 120);

/** One person in the middle, changed by `change(context, at)`. */
function one(change) {
  return (context, image) => {
    person(context, image, middle);
    change?.(context, middle);
  };
}

const scenes = {
  one: one(),
  two(context, image) {
    for (const x of [165, 485]) {
      context.save();
      context.beginPath();
      context.rect(x < 320 ? 0 : 320, 0, 320, height);
      context.clip();
      person(context, image, placed(x, 215, 95));
      context.restore();
    }
  },
  none: room,
  black(context) {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
  },
  dark: one(nearlyBlack),
  'away-left': one((context, at) => turn(context, at, -35)),
  'away-right': one((context, at) => turn(context, at, 35)),
  small(context, image) {
    room(context);
    context.save();
    context.beginPath();
    context.ellipse(320, 215, 21, 29, 0, 0, Math.PI * 2);
    context.clip();
    person(context, image, placed(320, 215, 26));
    context.restore();
  },
  cut(context, image) {
    room(context);
    person(context, image, placed(20, 215, 120));
  },
  'hand-low': one((context, at) => hand(context, at, false)),
  'hand-whole': one((context, at) => hand(context, at, true)),
  cap: one(cap),
  scarf: one(scarf),
  glasses: one((context, at) => glasses(context, at, false)),
  sunglasses: one((context, at) => glasses(context, at, true)),
  mask: one(mask),
  dim: one((context) => multiply(context, 0.25, 0.25, 0.28)),
  'very-dim': one((context) => multiply(context, 0.1, 0.1, 0.11)),
  'light-left': one((context) => sideLight(context, 'left')),
  'light-right': one((context) => sideLight(context, 'right')),
  'light-behind': one(backLight),
  'skin-2': one((context, at) => skin(context, at, [0.85, 0.75, 0.66])),
  'skin-3': one((context, at) => skin(context, at, [0.66, 0.54, 0.44])),
  'skin-4': one((context, at) => skin(context, at, [0.48, 0.37, 0.29])),
  'skin-5': one((context, at) => skin(context, at, [0.33, 0.24, 0.19])),
};
for (const degrees of [-60, -20, 20, 60]) {
  scenes[`turn${degrees}`] = one((context, at) => turn(context, at, degrees));
}

async function drawScene(pictureUrl, name) {
  const image = await load(pictureUrl);
  const context = canvas();
  scenes[name](context, image);
  return context.canvas.toDataURL('image/jpeg', 0.92);
}

globalThis.sceneNames = Object.keys(scenes);
globalThis.drawScene = drawScene;

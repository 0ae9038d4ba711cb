const list = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** A choice of what people use, not everything there is; the system's own picker has the rest. */
export const EMOJI = {
  smileys: list(`
    😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😗 😋 😛 😜 🤪 🤨 🧐 🤓 😎 🥳 😏 😒 😞 😔 😟 😕 🙁 😣 😖 😫
    😩 🥺 😢 😭 😤 😠 😡 🤯 😳 🥵 🥶 😱 😨 😰 😥 🤗 🤔 🤭 🤫 😶 😐 😑 😬 🙄 😯 😮 🥱 😴 🤤 😪 🤢 🤮 🤧 😷 🤒 🤕
    🤠 😈 👻 💀 🤖 😺 😹 🙈 🙉 🙊`),
  people: list(`
    👍 👎 👌 🤌 ✌️ 🤞 🤟 🤘 👈 👉 👆 👇 ☝️ ✋ 🖐️ 👋 🤝 🙏 👏 🙌 💪 👐 🤲 ✍️ 💅 👀 👂 👃 🧠 👶 🧒 👦 👧 🧑 👨 👩
    🧓 👴 👵 🙋 🙅 🙆 🙇 🤷 🤦 💁 🧑‍💻 🧑‍🎓 🧑‍🏫 🧑‍⚕️ 🧑‍🍳 🧑‍🚀 🏃 🚶 💃 🕺 👫 👪`),
  nature: list(`
    🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦆 🦅 🦉 🐺 🐴 🦄 🐝 🦋 🐌 🐢 🐍 🐙 🦀 🐠 🐬 🐳 🦈 🦭
    🌵 🎄 🌲 🌳 🌴 🌱 🍀 🍁 🍂 🌸 🌹 🌻 🌞 🌙 ⭐ 🌈 ☁️ ⛅ 🌧️ ⛈️ ❄️ ☃️ 🌊 🔥`),
  food: list(`
    🍏 🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🫐 🍒 🍑 🥭 🍍 🥥 🥝 🍅 🥑 🌽 🥕 🥔 🍞 🥐 🥨 🧀 🥚 🍳 🥞 🥓 🍔 🍟 🍕 🌭 🥪 🌮 🥗
    🍝 🍜 🍲 🍣 🍱 🥟 🍚 🍦 🍩 🍪 🎂 🍰 🍫 🍬 🍯 ☕ 🍵 🥤 🧋 🍺 🍻 🥂 🍷 🍸`),
  activity: list(`
    ⚽ 🏀 🏈 ⚾ 🎾 🏐 🎱 🏓 🏸 🥅 ⛳ 🏹 🎣 🥊 🛹 ⛸️ 🎿 🏂 🏊 🚴 🧗 🏆 🥇 🎖️ 🎟️ 🎭 🎨 🎬 🎤 🎧 🎹 🥁 🎸 🎲 🎯 🎮
    🧩 🚗 🚕 🚌 🚲 🚂 ✈️ 🚀 ⛵ 🚢 🏖️ 🏔️ 🏕️ 🏠 🏙️ 🎆 🎉 🎊 🎈 🎁`),
  objects: list(`
    ⌚ 📱 💻 ⌨️ 🖥️ 🖨️ 📷 📹 📞 📺 📻 ⏰ ⏳ 🔋 🔌 💡 🔦 💸 💰 💳 🔧 🔨 ⚙️ 🧲 🔬 🔭 💊 🩹 🚪 🛏️ 🛋️ 🧹 🧺 🧸 📦 📫
    📝 📁 📅 📈 📌 📎 ✂️ 🔒 🔓 🔑 📚 📖 🔖 🗑️ 👓 👕 👟 🎒 ☂️ 💍`),
  symbols: list(`
    ❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 ✅ ☑️ ✔️ ❌ ❎ ➕ ➖ ❓ ❗ ‼️ 💯 🔝 🆗 🆕 🆒 🚫 ⛔ ⚠️
    ♻️ 🔄 ▶️ ⏸️ ⏭️ 🔔 🔕 🔊 🔇 💬 💭 💤 ✨ ⚡ 💥 💫 🎵 🎶 🔴 🟠 🟡 🟢 🔵 🟣`),
} as const satisfies Record<string, readonly string[]>;

export type EmojiGroup = keyof typeof EMOJI;

export const EMOJI_GROUPS = [
  'smileys',
  'people',
  'nature',
  'food',
  'activity',
  'objects',
  'symbols',
] as const satisfies EmojiGroup[];

// The emoji names that bots use most. An unknown name stays :as_written:, as in a workspace that lacks it.

const NAMES = {
  wave: "👋", tada: "🎉", seedling: "🌱", herb: "🌿", sunny: "☀️", sunrise: "🌅", partly_sunny: "⛅", rainbow: "🌈", sparkles: "✨", star: "⭐",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", white_large_square: "⬜", black_square_button: "🔲",
  white_circle: "⚪", large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴",
  heart: "❤️", blue_heart: "💙", green_heart: "💚", yellow_heart: "💛", purple_heart: "💜", hugging_face: "🤗", slightly_smiling_face: "🙂",
  smile: "😄", blush: "😊", relieved: "😌", muscle: "💪", raised_hands: "🙌", clap: "👏", pray: "🙏", "+1": "👍", thumbsup: "👍", "-1": "👎",
  thumbsdown: "👎", ok_hand: "👌", handshake: "🤝", point_right: "👉", eyes: "👀", thinking_face: "🤔", bulb: "💡", memo: "📝", pencil: "📝",
  pencil2: "✏️", clipboard: "📋", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", alarm_clock: "⏰", hourglass: "⌛", bell: "🔔", no_bell: "🔕",
  mailbox: "📫", email: "✉️", envelope: "✉️", phone: "☎️", telephone_receiver: "📞", speech_balloon: "💬", lock: "🔒", key: "🔑", mag: "🔍",
  link: "🔗", pushpin: "📌", bookmark: "🔖", books: "📚", briefcase: "💼", chart_with_upwards_trend: "📈", bar_chart: "📊", gear: "⚙️",
  warning: "⚠️", x: "❌", question: "❓", exclamation: "❗", information_source: "ℹ️", arrow_right: "➡️", arrow_left: "⬅️", coffee: "☕", rocket: "🚀",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", dart: "🎯", compass: "🧭", footprints: "👣", leaves: "🍃", four_leaf_clover: "🍀", candle: "🕯️",
};

export const emoji = (text) => text.replace(/:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/g, (whole, name) => NAMES[name] || whole);

// Rows as a run's table has them: the same for the same count. In: a count. Out: an array of objects.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function rows(count) {
  let state = 0x9e3779b9;
  const text = (length, letters) => {
    let made = "";
    for (let index = 0; index < length; index += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      made += letters[(state >>> 0) % letters.length];
    }
    return made;
  };
  return Array.from({ length: count }, (_, index) => ({
    ProductKey: "a1SimCloud1",
    DeviceName: text(20, LETTERS),
    DeviceSecret: text(32, "0123456789abcdef"),
    IotId: text(24, LETTERS) + "000100",
    Batch: 1 + Math.floor(index / 10_000),
  }));
}

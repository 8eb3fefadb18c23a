// @off
// @detects Local hosts that sent more than a number of bytes
// @tune Set bytes to what is usual in your network
// @param bytes 1000000000 Bytes sent
export function hostMinute(host) {
  if (host.is_local && host.bytes_sent > config.bytes) {
    host.alert(60, `sent ${(host.bytes_sent / 1e9).toFixed(1)} GB`);
  }
}

/**
 * Where Kafka's own clients put a key: murmur2 (seed 0x9747b28c), made positive, modulo the partition count.
 * Source: org.apache.kafka.common.utils.Utils.murmur2 and DefaultPartitioner.
 */
export const murmur2 = (key: Uint8Array): number => {
  const mix = 0x5bd1e995;
  const length = key.length;
  let hash = 0x9747b28c ^ length;
  const tail = length & ~3;
  for (let i = 0; i < tail; i += 4) {
    let word = (key[i] ?? 0) | ((key[i + 1] ?? 0) << 8) | ((key[i + 2] ?? 0) << 16) | ((key[i + 3] ?? 0) << 24);
    word = Math.imul(word, mix);
    word ^= word >>> 24;
    hash = Math.imul(hash, mix) ^ Math.imul(word, mix);
  }
  const rest = length & 3;
  if (rest === 3) hash ^= (key[tail + 2] ?? 0) << 16;
  if (rest >= 2) hash ^= (key[tail + 1] ?? 0) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ (key[tail] ?? 0), mix);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, mix);
  return hash ^ (hash >>> 15);
};

/** The partition of a key among `partitions`. */
export const partitionOf = (key: Uint8Array, partitions: number): number => (murmur2(key) & 0x7fffffff) % partitions;

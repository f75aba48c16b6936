import { crc32c } from "@node-rs/crc32";
import { batchField, writeInt64 } from "../record-batch.ts";

/** Kafka's name for a writer: with a sequence per partition it lets the broker recognise a batch that is sent again. */
export interface ProducerId {
  readonly id: number;
  readonly epoch: number;
}

const logAppendTimeBit = 0x08;
const sequenceMask = 0x7fffffff;

/** The sequence after a batch of `count` records; it wraps at 2^31. */
export const sequenceAfter = (sequence: number, count: number): number => (sequence + count) & sequenceMask;

/** Names a batch's writer and place in its sequence, and closes it with its checksum. In place; the broker adds the rest. */
export const stampProduced = (batch: Buffer, producer: ProducerId, sequence: number): void => {
  // A producer that claims append time is refused: the topic's own setting gives it.
  batch.writeInt16BE(batch.readInt16BE(batchField.attributes) & ~logAppendTimeBit, batchField.attributes);
  writeInt64(batch, batchField.producerId, producer.id);
  batch.writeInt16BE(producer.epoch, batchField.producerEpoch);
  batch.writeInt32BE(sequence, batchField.baseSequence);
  batch.writeUInt32BE(crc32c(batch.subarray(batchField.attributes)), batchField.crc);
};

package io.patchbay.run.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A block as it lies in a segment: a mark, its length, its length when it is unpacked, a checksum, then what is deflated. What a
 * crash tore, or was never written, is recognised by it.
 */
final class Frame {

    private static final int MARK = 0x50425331;
    private static final int HEAD = 16;

    /** More than any block of ours has: a length that was read is not trusted beyond it. */
    private static final int LARGEST = 64 << 20;

    private Frame() {}

    /** Packs a block. */
    static byte[] pack(byte[] block) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(block);
            deflater.finish();
            byte[] frame = new byte[HEAD + block.length + block.length / 1000 + 64];
            int length = deflater.deflate(frame, HEAD, frame.length - HEAD);
            if (!deflater.finished()) {
                throw new IllegalStateException("deflated bytes grew beyond their bound");
            }
            ByteBuffer head = ByteBuffer.wrap(frame);
            head.putInt(MARK).putInt(length).putInt(block.length).putInt(sum(frame, HEAD, length));
            return java.util.Arrays.copyOf(frame, HEAD + length);
        } finally {
            deflater.end();
        }
    }

    /** The block of a frame. @throws TornBlockException when it is torn or something else */
    static byte[] unpack(byte[] frame) throws TornBlockException {
        ByteBuffer head = ByteBuffer.wrap(frame);
        if (frame.length < HEAD || head.getInt() != MARK || head.getInt() != frame.length - HEAD) {
            throw new TornBlockException("there is no whole block");
        }
        int size = head.getInt();
        if (size < 0 || size > LARGEST || head.getInt() != sum(frame, HEAD, frame.length - HEAD)) {
            throw new TornBlockException("the block's checksum differs: it is torn");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(frame, HEAD, frame.length - HEAD);
            byte[] block = new byte[size];
            if (inflater.inflate(block) != size) {
                throw new TornBlockException("the block is shorter than it says");
            }
            return block;
        } catch (DataFormatException e) {
            throw new TornBlockException("the block cannot be unpacked", e);
        } finally {
            inflater.end();
        }
    }

    private static int sum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}

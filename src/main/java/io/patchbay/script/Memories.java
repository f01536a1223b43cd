package io.patchbay.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import run.endive.runtime.Memory;

/** Copies of a guest's memory: all that a guest knows is in there, so a guest that gets it back is the one it was. */
final class Memories {

    private static final int BLOCK = 4096;

    private Memories() {}

    /** All of a memory. */
    static byte[] whole(Memory memory) {
        return memory.readBytes(0, size(memory));
    }

    static int size(Memory memory) {
        return memory.pages() * Memory.PAGE_SIZE;
    }

    /** What a memory has otherwise than another one of the same size. */
    record Changes(List<Block> blocks) {

        /** Bytes at a place. */
        record Block(int at, byte[] bytes) {}

        static Changes between(byte[] before, Memory after) {
            byte[] now = whole(after);
            List<Block> blocks = new ArrayList<>();
            for (int at = 0; at < now.length; at += BLOCK) {
                if (!Arrays.equals(before, at, at + BLOCK, now, at, at + BLOCK)) {
                    blocks.add(new Block(at, Arrays.copyOfRange(now, at, at + BLOCK)));
                }
            }
            return new Changes(blocks);
        }

        void apply(Memory memory) {
            for (Block block : blocks) {
                memory.write(block.at(), block.bytes());
            }
        }

        int bytes() {
            return blocks.size() * BLOCK;
        }
    }
}

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
    static final class Changes {

        private final List<Integer> places = new ArrayList<>();
        private final List<byte[]> blocks = new ArrayList<>();

        static Changes between(byte[] before, Memory after) {
            byte[] now = whole(after);
            Changes changes = new Changes();
            for (int at = 0; at < now.length; at += BLOCK) {
                if (!Arrays.equals(before, at, at + BLOCK, now, at, at + BLOCK)) {
                    changes.places.add(at);
                    changes.blocks.add(Arrays.copyOfRange(now, at, at + BLOCK));
                }
            }
            return changes;
        }

        void apply(Memory memory) {
            for (int i = 0; i < blocks.size(); i++) {
                memory.write(places.get(i), blocks.get(i));
            }
        }
    }
}

package io.patchbay.script;

import io.roastedroot.quickjs4j.core.Engine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import run.endive.log.Logger;

/** QuickJS in WebAssembly. */
final class JavaScriptGuest extends Guest {

    /** Room that is had from the beginning: a guest that grows cannot shrink again and is given up. */
    private static final int ROOM = 2 << 20;

    private final Engine engine;

    /** What all guests begin as: a memory with the program of ours in it. */
    private static final class Beginning {

        private static final AtomicReference<@Nullable Beginning> ONE = new AtomicReference<>();

        private final byte[] memory;
        /** Where the code is that reads a script. */
        private final int read;
        /** Where the code is that calls it. */
        private final int call;

        private Beginning(byte[] memory, int read, int call) {
            this.memory = memory;
            this.read = read;
            this.call = call;
        }

        /** The one that all guests of the process share. */
        static Beginning one() {
            Beginning known = ONE.get();
            if (known == null) {
                ONE.compareAndSet(null, make());
                known = Objects.requireNonNull(ONE.get());
            }
            return known;
        }

        private static Beginning make() {
            try (JavaScriptGuest first = new JavaScriptGuest(Integer.MAX_VALUE)) {
                Engine engine = first.engine;
                engine.exec(engine.compile(program("guest.js")));
                int read = engine.compileRaw(utf8("__read()"));
                int call = engine.compileRaw(utf8("__call()"));
                // Gets the heap its room, and gives it back: what is free stays the heap's.
                engine.free(engine.writeCompiled(new byte[ROOM]));
                return new Beginning(Memories.whole(first.memory()), read, call);
            }
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A guest that may have so much memory, and nothing in it yet. */
    private JavaScriptGuest(long mostMemory) {
        this.engine = Engine.builder()
                .addBuiltins(bridge().builtins())
                .withMemoryFactory(limits -> begins(limits, mostMemory))
                .withStdout(new Nowhere())
                .withStderr(new Nowhere())
                .withLogger(new Silent())
                .build();
    }

    /** A guest that may have so many bytes of memory. */
    static Guest of(long mostMemory) {
        Beginning.one();
        JavaScriptGuest guest = new JavaScriptGuest(mostMemory);
        guest.settle();
        return guest;
    }

    @Override
    boolean speaks(Script script) {
        return !script.python();
    }

    @Override
    byte[] beginning() {
        return Beginning.one().memory;
    }

    @Override
    void read() {
        engine.exec(Beginning.one().read);
    }

    @Override
    void call() {
        engine.exec(Beginning.one().call);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** What the engine itself prints says nothing that the outcome does not say. */
    private static final class Nowhere extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {}

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {}
    }

    /** The same of what it logs about system calls. */
    private static final class Silent implements Logger {
        @Override
        public void log(Level level, String message, @Nullable Throwable thrown) {}

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }
    }
}

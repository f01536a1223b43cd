package io.patchbay.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import micropython.MicroPython;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * MicroPython in WebAssembly, built for this from {@code src/main/micropython}. It asks its host two things: a question of texts, of which
 * it is told the length of the answer, and to write that answer down.
 */
final class PythonGuest extends Guest {

    private static final int READ = 0;
    private static final int CALL = 1;
    private static final int MOST_TEXTS = 4;
    private static final AtomicReference<byte @Nullable []> BEGINNING = new AtomicReference<>();

    private final Instance instance;
    private final ExportFunction run;
    private byte[] answer = {};

    /** A guest that may have so much memory, and nothing in it yet. */
    private PythonGuest(long mostMemory) {
        ValType number = ValType.I32;
        HostFunction ask = new HostFunction(
                "host", "ask", FunctionType.of(List.of(number, number, number, number), List.of(number)), (in, given) ->
                        new long[] {ask(in.memory(), given)});
        HostFunction fetch =
                new HostFunction("host", "fetch", FunctionType.of(List.of(number), List.of()), (in, given) -> {
                    in.memory().write((int) given[0], answer);
                    return new long[0];
                });
        this.instance = Instance.builder(MicroPython.load())
                .withMachineFactory(MicroPython::create)
                .withMemoryFactory(limits -> begins(limits, mostMemory))
                .withImportValues(ImportValues.builder().addFunction(ask, fetch).build())
                .build();
        this.run = instance.export("run");
    }

    /** A guest that may have so many bytes of memory. */
    static Guest of(long mostMemory) {
        shared();
        PythonGuest guest = new PythonGuest(mostMemory);
        guest.settle();
        return guest;
    }

    private static byte[] shared() {
        byte[] known = BEGINNING.get();
        if (known == null) {
            BEGINNING.compareAndSet(null, make());
            known = Objects.requireNonNull(BEGINNING.get());
        }
        return known;
    }

    private static byte[] make() {
        PythonGuest first = new PythonGuest(Integer.MAX_VALUE);
        byte[] program = program("guest.py").getBytes(StandardCharsets.UTF_8);
        int at = (int) first.instance.export("room").apply(program.length)[0];
        first.memory().write(at, program);
        first.instance.export("init").apply(at, program.length);
        if (first.bridge().outcome() != null) {
            throw new IllegalStateException("guest.py: " + first.bridge().outcome());
        }
        return Memories.whole(first.memory());
    }

    private int ask(Memory memory, long[] given) {
        String name = text(memory, (int) given[0], (int) given[1]);
        if (name.equals("room")) {
            return answer(Long.toString((long) (memory.maximumPages() - memory.pages()) * Memory.PAGE_SIZE));
        }
        List<String> texts = new ArrayList<>();
        int count = Math.min(MOST_TEXTS, (int) given[3]);
        for (int i = 0; i < count; i++) {
            int at = (int) given[2] + 2 * Integer.BYTES * i;
            texts.add(text(memory, memory.readInt(at), memory.readInt(at + Integer.BYTES)));
        }
        return answer(bridge().answer(name, texts));
    }

    private int answer(String text) {
        answer = text.getBytes(StandardCharsets.UTF_8);
        return answer.length;
    }

    /** What is not in its memory breaks the guest, not us. */
    private static String text(Memory memory, int at, int length) {
        return new String(memory.readBytes(at, length), StandardCharsets.UTF_8);
    }

    @Override
    boolean speaks(Script script) {
        return script.python();
    }

    @Override
    byte[] beginning() {
        return shared();
    }

    @Override
    void read() {
        run.apply(READ);
    }

    @Override
    void call() {
        run.apply(CALL);
    }

    @Override
    void forget() {
        super.forget();
        answer = new byte[0];
    }

    @Override
    public void close() {
        // Its memory is the JVM's.
    }
}

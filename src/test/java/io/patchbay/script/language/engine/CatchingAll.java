package io.patchbay.script.language.engine;

import java.math.BigInteger;
import java.util.function.UnaryOperator;

/** Code of a library that catches whatever is thrown, and goes on. It is loaded metered, as engines are. */
public final class CatchingAll implements UnaryOperator<String> {

    private int turns;

    /** A class that takes much when it is used first. */
    private static final class Table {
        private static final byte[] ALL = made();

        private static byte[] made() {
            return new byte[70 << 20];
        }
    }

    @Override
    public String apply(String what) {
        try {
            return "did " + done(what);
        } catch (RuntimeException e) {
            return "went on after " + e.getClass().getSimpleName();
        } catch (Throwable e) {
            return "went on until " + endless();
        }
    }

    /** Catches it before it has gone far, and says nothing of it. */
    public String quietly(String what) {
        try {
            return "did " + done(what);
        } catch (Throwable e) {
            return "caught";
        }
    }

    private int done(String what) {
        return switch (what) {
            case "digits" -> new BigInteger("7".repeat(100_000)).bitLength();
            case "time" -> endless();
            case "memory" -> filling();
            case "stack" -> thrown(new StackOverflowError());
            case "heap" -> thrown(new OutOfMemoryError());
            case "class" -> Table.ALL.length;
            case "nothing" -> turns;
            default -> throw new IllegalArgumentException(what);
        };
    }

    private int endless() {
        while (turns >= 0) {
            turns = turns == Integer.MAX_VALUE ? 0 : turns + 1;
        }
        return turns;
    }

    private static int filling() {
        int size = 0;
        while (size >= 0) {
            size += new byte[100_000].length % 7;
        }
        return size;
    }

    private static int thrown(Error error) {
        throw error;
    }
}

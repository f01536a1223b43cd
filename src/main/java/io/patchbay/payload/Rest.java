package io.patchbay.payload;

/**
 * What a timer does when a wait is over that a flow or a connector wants, apart from what it does when something took too long: a
 * test of a flow waits for nothing.
 *
 * @param work what goes on
 */
public record Rest(Runnable work) implements Runnable {

    @Override
    public void run() {
        work.run();
    }
}

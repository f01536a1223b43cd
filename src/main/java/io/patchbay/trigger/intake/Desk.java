package io.patchbay.trigger.intake;

/** Where admitted requests of one area ({@code /hooks}) go: the consumer of its Camel route. */
@FunctionalInterface
interface Desk {

    /**
     * Works on a visit; does not wait.
     *
     * @param done run when the visit has its reply, on the connection's event loop
     */
    void take(Visit visit, Runnable done);
}

package io.patchbay.secret;

/** A table in which sealed texts are kept. There is one implementation for each. */
public interface Sealed {

    /**
     * Seals again what another key than the newest sealed. What others change meanwhile stays as they wrote it.
     *
     * @return what came of it
     */
    Renewed renew(Seal seal);

    /**
     * What came of a renewal.
     *
     * @param renewed how many texts were sealed again
     * @param closed how many could not be opened
     */
    record Renewed(int renewed, int closed) {

        /** Both together. */
        public Renewed plus(Renewed other) {
            return new Renewed(renewed + other.renewed, closed + other.closed);
        }
    }
}

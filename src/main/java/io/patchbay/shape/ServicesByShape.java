package io.patchbay.shape;

/** Gives each shape of a flow services that know who asks. */
public interface ServicesByShape {

    /**
     * What a shape may ask.
     *
     * @param shape its id
     * @param around what all may ask
     */
    Surroundings at(String shape, Surroundings around);
}

package io.patchbay.route;

/** Told when a generation of files took effect; must return soon. */
public interface GenerationListener {

    /** Flows were deployed, changed or removed; {@link Flows#list()} shows them. */
    void taken(long generation);
}

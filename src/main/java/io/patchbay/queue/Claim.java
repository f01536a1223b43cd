package io.patchbay.queue;

/**
 * A start that this process may run. Whoever finishes it must still own it: the epoch fences off a process that was taken
 * for dead.
 *
 * @param start what to run
 * @param owner the process that claimed it
 * @param epoch grows with every claim of the same start
 * @param crashes how often a process ended while it ran this start
 */
public record Claim(Start start, String owner, long epoch, int crashes) {}

package io.patchbay.trigger;

/**
 * A trigger of an active flow.
 *
 * @param flow the flow's id
 * @param index its place in the flow's list, from 0
 * @param trigger its settings
 */
public record DeployedTrigger(String flow, int index, Trigger trigger) {}

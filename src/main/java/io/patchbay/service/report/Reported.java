package io.patchbay.service.report;

import io.patchbay.service.ServiceFile;

/**
 * What is reported of: a service, or the same in an environment.
 *
 * @param flow the flow that its runs are of: the service's name, in an environment {@code NAME@ENVIRONMENT}
 * @param service what its file says
 * @param confirms whether its destination says what it took
 */
public record Reported(String flow, ServiceFile service, boolean confirms) {}

package io.patchbay.trial;

import io.patchbay.connector.Catalog;
import io.patchbay.flow.FlowReader;
import java.nio.file.Path;

/**
 * What tests of flows stand on.
 *
 * @param home root of the home folder, which is only read
 * @param catalog connectors and instances
 * @param world what names in flows lead to
 */
public record Ground(Path home, Catalog catalog, FlowReader.World world) {}

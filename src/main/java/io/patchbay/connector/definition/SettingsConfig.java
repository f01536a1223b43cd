package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.Map;

/** What an instance of a connector gives. */
@Doc("What an instance must give")
public record SettingsConfig(
        @Doc("Settings by name") @Default("{}") Map<String, PropertyConfig> properties,

        @Doc("Settings that are secrets: an instance gives them by reference only, they are never shown") @Default("[]")
        List<String> secrets) {}

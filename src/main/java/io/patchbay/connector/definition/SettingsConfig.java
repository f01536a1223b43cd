package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an instance of a connector gives. */
@Doc("What an instance must give")
public record SettingsConfig(
        @Doc("Settings by name") @Default("{}") Map<String, PropertyConfig> properties,

        @Doc("Settings that are secrets: an instance gives them by reference only, they are never shown") @Default("[]")
        List<String> secrets) {

    /** Names of settings that are no secrets, may be left out and have no default value. */
    public Set<String> optional() {
        return properties.entrySet().stream()
                .filter(one -> !one.getValue().mandatory() && one.getValue().fallback() == null)
                .map(Map.Entry::getKey)
                .filter(name -> !secrets.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }
}

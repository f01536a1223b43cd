package io.patchbay.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The mutation productSet: creates a product, or changes what is named of it, with lists given as wholes. */
final class ProductSet {

    private final State state;

    ProductSet(State state) {
        this.state = state;
    }

    Node apply(Node arguments) {
        UserErrors errors = new UserErrors();
        Node input = arguments.node("input");
        Node identifier = arguments.node("identifier");
        if (input.has("id") && !identifier.isEmpty()) {
            errors.add("ID_NOT_ALLOWED", "input.id", "The id field is not allowed if identifier is provided.");
            return errors.payload();
        }
        String id = input.has("id") ? input.id() : identifier.id();
        Optional<Node> there =
                identifier.has("handle") ? byHandle(identifier.text("handle")) : State.find(state.products, id);
        if (!id.isEmpty() && there.isEmpty()) {
            errors.add(
                    "PRODUCT_DOES_NOT_EXIST", input.has("id") ? "input.id" : "identifier.id", "Product does not exist");
            return errors.payload();
        }
        checkProduct(input, there, errors);
        checkVariants(input, errors);
        if (!errors.isEmpty()) {
            return errors.payload();
        }
        Node product = there.orElseGet(this::make);
        fill(product, input);
        return UserErrors.none("product", product);
    }

    private Optional<Node> byHandle(String handle) {
        return state.products.stream()
                .filter(product -> product.text("handle").equals(handle))
                .findFirst();
    }

    private void checkProduct(Node input, Optional<Node> there, UserErrors errors) {
        boolean blank = input.text("title").isBlank();
        if (blank && (there.isEmpty() || input.containsKey("title"))) {
            errors.add("INVALID_PRODUCT", "input.title", "Title can't be blank");
        }
        Optional<Node> other = byHandle(input.text("handle"));
        if (other.isPresent() && !other.equals(there)) {
            errors.add("HANDLE_NOT_UNIQUE", "input.handle", "Handle already in use. Please provide a new handle.");
        }
    }

    private void checkVariants(Node input, UserErrors errors) {
        if (input.has("variants") && !input.has("productOptions")) {
            errors.add(
                    "PRODUCT_OPTIONS_INPUT_MISSING",
                    "input.productOptions",
                    "Must specify product options when updating variants.");
            return;
        }
        if (input.has("productOptions") && !input.has("variants")) {
            errors.add("VARIANTS_INPUT_MISSING", "input.variants", "Must specify variants when updating options.");
            return;
        }
        Map<String, Set<String>> options = input.nodes("productOptions").stream()
                .collect(Collectors.toMap(option -> option.text("name"), ProductSet::values, (a, b) -> a));
        Set<List<String>> combinations = new HashSet<>();
        for (int i = 0; i < input.nodes("variants").size(); i++) {
            checkVariant(input.nodes("variants").get(i), "input.variants." + i, options, errors);
            if (!combinations.add(selected(input.nodes("variants").get(i)))) {
                errors.add("INVALID_VARIANT", "input.variants." + i, "The variant already exists.");
            }
        }
    }

    private static Set<String> values(Node option) {
        return option.nodes("values").stream().map(value -> value.text("name")).collect(Collectors.toSet());
    }

    private static List<String> selected(Node variant) {
        return variant.nodes("optionValues").stream()
                .map(value -> value.text("optionName") + "=" + value.text("name"))
                .sorted()
                .toList();
    }

    private void checkVariant(Node variant, String field, Map<String, Set<String>> options, UserErrors errors) {
        if (variant.has("id") && State.find(state.variants, variant.id()).isEmpty()) {
            errors.add("PRODUCT_VARIANT_DOES_NOT_EXIST", field + ".id", "Product variant does not exist.");
        }
        Set<String> missing = new HashSet<>(options.keySet());
        for (Node value : variant.nodes("optionValues")) {
            Set<String> known = options.get(value.text("optionName"));
            if (known == null) {
                errors.add("OPTION_DOES_NOT_EXIST", field + ".optionValues", "Option does not exist.");
            } else if (!known.contains(value.text("name"))) {
                errors.add("OPTION_VALUE_DOES_NOT_EXIST", field + ".optionValues", "Option value does not exist.");
            }
            missing.remove(value.text("optionName"));
        }
        missing.forEach(name ->
                errors.add("INVALID_VARIANT", field + ".optionValues", "You need to add option values for " + name));
        if (variant.decimal("price").signum() < 0) {
            errors.add("INVALID_VARIANT", field + ".price", "Price must be greater than or equal to 0");
        }
    }

    private Node make() {
        Node product = state.make("Product")
                .with("descriptionHtml", "")
                .with("status", "ACTIVE")
                .with("vendor", "")
                .with("productType", "")
                .with("tags", List.of())
                .with("options", List.of())
                .with("variants", List.of());
        state.products.add(product);
        return product;
    }

    private void fill(Node product, Node input) {
        for (String name : List.of("title", "handle", "descriptionHtml", "status", "vendor", "productType", "tags")) {
            if (input.containsKey(name)) {
                product.put(name, input.get(name) == null ? "" : input.get(name));
            }
        }
        if (!product.has("handle")) {
            String handle = product.text("title").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            product.with(
                    "handle", byHandle(handle).isEmpty() ? handle : handle + "-" + product.text("legacyResourceId"));
        }
        if (input.has("variants")) {
            options(product, input);
            variants(product, input);
        }
        state.touch(product);
    }

    private void options(Node product, Node input) {
        List<Node> options = new ArrayList<>();
        for (Node given : input.nodes("productOptions")) {
            options.add(state.make("ProductOption")
                    .with("name", given.text("name"))
                    .with("position", options.size() + 1)
                    .with(
                            "values",
                            given.nodes("values").stream()
                                    .map(value -> value.text("name"))
                                    .toList()));
        }
        product.with("options", options);
    }

    /** The list is the whole of it: variants that are not in it go, those with an id stay. */
    private void variants(Node product, Node input) {
        List<Node> kept = input.nodes("variants").stream()
                .map(given -> variant(product, given))
                .toList();
        product.nodes("variants").stream()
                .filter(variant -> !kept.contains(variant))
                .forEach(gone -> {
                    state.variants.remove(gone);
                    State.find(state.items, gone.text("inventoryItemId")).ifPresent(state.items::remove);
                });
        product.with("variants", kept);
    }

    private Node variant(Node product, Node given) {
        Node variant = given.has("id") ? State.find(state.variants, given.id()).orElseThrow() : makeVariant(product);
        for (String name : List.of("sku", "barcode", "price", "compareAtPrice")) {
            if (given.containsKey(name)) {
                variant.put(name, given.get(name));
            }
        }
        if (given.node("inventoryItem").has("sku")) {
            variant.put("sku", given.node("inventoryItem").text("sku"));
        }
        String title = given.nodes("optionValues").stream()
                .map(value -> value.text("name"))
                .collect(Collectors.joining(" / "));
        variant.with("title", title).with("displayName", product.text("title") + " - " + title);
        variant.with(
                "selectedOptions",
                given.nodes("optionValues").stream()
                        .map(value -> Map.of("name", value.text("optionName"), "value", value.text("name")))
                        .toList());
        Node item = State.find(state.items, variant.text("inventoryItemId")).orElseThrow();
        item.put("sku", variant.get("sku"));
        state.touch(item);
        state.touch(variant);
        return variant;
    }

    private Node makeVariant(Node product) {
        Node variant =
                state.make("ProductVariant").with("productId", product.id()).with("price", BigDecimal.ZERO);
        Node item = state.make("InventoryItem")
                .with("variantId", variant.id())
                .with("tracked", true)
                .with("inventoryLevels", List.of());
        state.variants.add(variant);
        state.items.add(item);
        return variant.with("inventoryItemId", item.id());
    }
}

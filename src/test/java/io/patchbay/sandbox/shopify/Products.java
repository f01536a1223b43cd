package io.patchbay.sandbox.shopify;

import graphql.schema.idl.RuntimeWiring;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The shop's products, their variants, and what is changed of them. */
public final class Products {

    private static final Search.Fields FIELDS = new Search.Fields(Map.of(
            "id", node -> node.get("legacyResourceId"),
            "updated_at", node -> node.get("updatedAt"),
            "created_at", node -> node.get("createdAt"),
            "title", node -> node.get("title"),
            "handle", node -> node.get("handle"),
            "vendor", node -> node.get("vendor"),
            "status", node -> node.get("status"),
            "tag", node -> node.get("tags"),
            "sku",
                    node -> node.nodes("variants").stream()
                            .map(variant -> variant.text("sku"))
                            .toList()));
    private static final Search.Fields OF_VARIANTS = new Search.Fields(Map.of(
            "id", node -> node.get("legacyResourceId"),
            "updated_at", node -> node.get("updatedAt"),
            "sku", node -> node.get("sku"),
            "barcode", node -> node.get("barcode"),
            "title", node -> node.get("title")));

    private final State state;
    private final ProductSet set;

    Products(State state) {
        this.state = state;
        set = new ProductSet(state);
    }

    /** Adds a product with one variant, and gives the variant. */
    public Node add(String title, String sku, String price) {
        Map<String, Object> value = Map.of("name", "Default Title");
        Node input = Node.of(Map.of(
                "title",
                title,
                "status",
                "ACTIVE",
                "productOptions",
                List.of(Map.of("name", "Title", "values", List.of(value))),
                "variants",
                List.of(Map.of(
                        "sku",
                        sku,
                        "price",
                        new BigDecimal(price),
                        "optionValues",
                        List.of(Map.of("optionName", "Title", "name", "Default Title"))))));
        Node payload = set.apply(new Node().with("input", input));
        if (!payload.nodes("userErrors").isEmpty()) {
            throw new IllegalArgumentException(payload.toString());
        }
        return variant(sku);
    }

    /** All products. */
    public List<Node> all() {
        return List.copyOf(state.products);
    }

    /** The variant of a SKU. */
    public Node variant(String sku) {
        return state.variants.stream()
                .filter(variant -> variant.text("sku").equals(sku))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no variant with the SKU " + sku));
    }

    /** The product of a variant. */
    public Node of(Node variant) {
        return State.find(state.products, variant.text("productId")).orElseThrow();
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                "QueryRoot",
                type -> type.dataFetcher("products", Connections.list(state.products, FIELDS))
                        .dataFetcher(
                                "product",
                                call -> State.find(state.products, call.getArgument("id"))
                                        .orElse(null))
                        .dataFetcher("productVariants", Connections.list(state.variants, OF_VARIANTS))
                        .dataFetcher(
                                "productVariant",
                                call -> State.find(state.variants, call.getArgument("id"))
                                        .orElse(null)));
        wiring.type(
                "ProductVariant",
                type -> type.dataFetcher("product", call -> of(call.getSource()))
                        .dataFetcher(
                                "inventoryItem",
                                call -> State.find(state.items, ((Node) call.getSource()).text("inventoryItemId"))
                                        .orElseThrow()));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("productSet", call -> set.apply(Node.of(call.getArguments())))
                        .dataFetcher("productVariantsBulkUpdate", call -> update(Node.of(call.getArguments()))));
    }

    private Node update(Node arguments) {
        UserErrors errors = new UserErrors();
        Node product = State.find(state.products, arguments.text("productId")).orElse(null);
        if (product == null) {
            errors.add("PRODUCT_DOES_NOT_EXIST", "productId", "Product does not exist");
            return errors.payload();
        }
        List<Node> changes = arguments.nodes("variants");
        for (int i = 0; i < changes.size(); i++) {
            checkChange(product, changes.get(i), "variants." + i, errors);
        }
        if (!errors.isEmpty()) {
            return errors.payload();
        }
        List<Node> changed = changes.stream().map(this::change).toList();
        state.touch(product);
        return UserErrors.none("productVariants", changed).with("product", product);
    }

    private static void checkChange(Node product, Node change, String field, UserErrors errors) {
        if (!change.has("id")) {
            errors.add("PRODUCT_VARIANT_ID_MISSING", field + ".id", "Product variant is missing ID attribute");
        } else if (product.nodes("variants").stream()
                .noneMatch(variant -> variant.id().equals(change.id()))) {
            errors.add("PRODUCT_VARIANT_DOES_NOT_EXIST", field + ".id", "Product variant does not exist");
        }
        if (change.decimal("price").signum() < 0) {
            errors.add("NEGATIVE_PRICE_VALUE", field + ".price", "Price must be greater than or equal to 0");
        }
    }

    private Node change(Node change) {
        Node variant = State.find(state.variants, change.id()).orElseThrow();
        for (String name : List.of("price", "compareAtPrice", "barcode")) {
            if (change.containsKey(name)) {
                variant.put(name, change.get(name));
            }
        }
        state.touch(variant);
        return variant;
    }
}

package io.patchbay.mapping.suggest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as words: cut where they are joined, in the singular, and those that mean the same in commerce as one. */
final class Words {

    private static final Pattern JOINTS =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"
                    + "|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");
    private static final int MOST_PARTS = 60;
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_PHRASE = 3;

    /** Each line is one meaning; its first word stands for it. */
    private static final List<String> MEANINGS = List.of(
            "quantity, qty, quantity ordered, qty ordered, order quantity, ordered quantity, pieces",
            "sku, stock code, item code, item sku, item number, item no, variant code, variant sku, product sku, product code, product number"
                    + ", article number, article no, article code, part number, part no, stock keeping unit, artnr, material number",
            "email, e mail, mail, email address, e mail address, mail address",
            "zip, postcode, post code, postal code, zip code, zipcode, postalcode, plz, postal",
            "phone, telephone, tel, phone number, telephone number, phone no, fon",
            "mobile, mobile phone, mobile number, cell, cell phone",
            "street, address 1, address line 1, street address, street 1, line 1, addr 1, strasse, addressline 1",
            "street2, address 2, address line 2, street 2, line 2, addr 2, addressline 2",
            "city, town, locality, ort",
            "province, state, region, county, subdivision, province code, state code, region code",
            "country, country code, country iso, nation, land, country iso code",
            "currency, currency code, ccy, curr, currency iso",
            "firstname, first name, name first, given name, name given, forename, fname, vorname",
            "lastname, last name, name last, family name, name family, surname, lname, nachname",
            "fullname, full name, display name",
            "company, organisation, organization, company name, firm, org, firma",
            "created, created at, created on, creation date, date created, create date, created date, date added, order date, ordered at"
                    + ", placed, placed at, placed on, date placed, order placed",
            "updated, updated at, updated on, modified, modified at, modified on, date modified, last modified, changed, changed at"
                    + ", change date, last updated, last update, update date",
            "paid, paid at, payment date, date paid",
            "shipped, shipped at, ship date, shipped on, dispatched, dispatched at, dispatch date",
            "price, unit price, item price, price per unit, price each, sales price, selling price",
            "total, total price, grand total, order total, total amount, amount total, order amount, line total, row total",
            "subtotal, sub total, net total, total net, net amount",
            "tax, vat, gst, total tax, tax amount, tax total, vat amount, sales tax",
            "taxrate, tax rate, vat rate, tax percent, vat percent",
            "discount, discount amount, total discount, discount total, rebate, reduction",
            "freight, shipping cost, shipping price, shipping total, shipping amount, delivery cost, shipping charge, carriage",
            "barcode, bar code, ean, gtin, upc, ean code, ean 13, gtin 13, upc code",
            "description, desc, descr, long description, body html, product description",
            "customer, buyer, client, purchaser, sold to, debtor, cust",
            "supplier, vendor, creditor",
            "brand, manufacturer, maker, make, producer",
            "order number, order no, order nr, order id, order ref, order reference, order code, order num, orderno, ordernr",
            "invoice number, invoice no, invoice nr, invoice id, bill number",
            "customer number, customer no, customer id, customer code, client id, buyer id, account number, account no, account code",
            "id, identifier, uid, uuid, guid, ident",
            "number, no, nr, num",
            "reference, ref, refno",
            "image, picture, photo, img, thumbnail",
            "url, link, href, uri, web address",
            "note, comment, remark, memo, message, notes internal",
            "line, line item, order line, order item, row, position, order row, lineitem, invoice line",
            "stock, inventory, on hand, stock level, stock quantity, inventory quantity, quantity on hand, available quantity, stock on hand",
            "warehouse, location, depot, store location",
            "category, product type, product category, product group, category name",
            "status, order status, order state",
            "payment method, payment type, pay method, payment gateway, paid by, gateway",
            "carrier, shipping method, ship via, shipping carrier, delivery method, shipper, shipment method",
            "tracking, tracking number, tracking no, tracking code, consignment number, parcel number",
            "birthday, birth date, date of birth, dob, birthdate",
            "language, lang, locale, language code",
            "shipping, delivery, ship, ship to, deliver, delivery to",
            "billing, bill, bill to, invoice to, invoicing",
            "address, addr, adr",
            "amount, amt, value amount",
            "enabled, active, is active, is enabled",
            "colour, color, col",
            "title, headline",
            "tags, labels, keywords",
            "payment status, financial status, paid status, payment state",
            "weight, mass, gross weight",
            "refund, credit note, credit memo");

    /** Words that may stand for each other, but often do not. */
    private static final Map<String, Set<String>> NEAR = near(List.of(
            Set.of("sku", "item"),
            Set.of("sku", "code"),
            Set.of("sku", "article"),
            Set.of("quantity", "count"),
            Set.of("quantity", "amount"),
            Set.of("total", "amount"),
            Set.of("total", "sum"),
            Set.of("price", "amount"),
            Set.of("title", "name"),
            Set.of("name", "description"),
            Set.of("title", "description"),
            Set.of("number", "id"),
            Set.of("number", "code"),
            Set.of("id", "code"),
            Set.of("number", "name"),
            Set.of("order number", "number"),
            Set.of("order number", "name"),
            Set.of("order number", "id"),
            Set.of("customer number", "id"),
            Set.of("customer number", "customer"),
            Set.of("reference", "number"),
            Set.of("order number", "reference"),
            Set.of("created", "date"),
            Set.of("phone", "mobile"),
            Set.of("fullname", "name"),
            Set.of("line", "item"),
            Set.of("line", "product"),
            Set.of("item", "product"),
            Set.of("sku", "barcode"),
            Set.of("stock", "available"),
            Set.of("stock", "quantity"),
            Set.of("street", "address"),
            Set.of("note", "text"),
            Set.of("carrier", "shipping")));

    private static final Set<String> FILLERS = Set.of("value", "data", "info", "field", "the", "of", "is", "attribute");
    private static final Set<String> COMMON = Set.of(
            "id",
            "name",
            "code",
            "number",
            "type",
            "value",
            "title",
            "status",
            "date",
            "reference",
            "description",
            "key",
            "label",
            "text");
    private static final Set<String> TIMES = Set.of(
            "date",
            "time",
            "at",
            "on",
            "created",
            "updated",
            "paid",
            "shipped",
            "birthday",
            "timestamp",
            "since",
            "until",
            "due");

    private static final Map<String, String> MEANING = meanings();

    private Words() {}

    private static Map<String, Set<String>> near(List<Set<String>> pairs) {
        Map<String, Set<String>> all = new HashMap<>();
        for (Set<String> pair : pairs) {
            pair.forEach(
                    word -> all.computeIfAbsent(word, any -> new HashSet<>()).addAll(pair));
        }
        return all;
    }

    private static Map<String, String> meanings() {
        Map<String, String> all = new HashMap<>();
        for (String line : MEANINGS) {
            String[] words = line.split(", ", -1);
            for (String word : words) {
                all.putIfAbsent(String.join(" ", singular(List.of(word.split(" ", -1)))), words[0]);
            }
        }
        return Map.copyOf(all);
    }

    /** What a name means, as words. */
    static List<String> of(String name) {
        return of(List.of(name));
    }

    /** What names on a way mean together; of many words the last ones, which say most. */
    static List<String> of(List<String> names) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            for (String part : JOINTS.split(name, -1)) {
                if (!part.isEmpty()) {
                    parts.add(part.toLowerCase(Locale.ROOT));
                }
            }
        }
        List<String> words = meant(singular(last(parts, MOST_PARTS)));
        return List.copyOf(last(words, MOST_WORDS));
    }

    private static List<String> last(List<String> list, int most) {
        return list.subList(Math.max(0, list.size() - most), list.size());
    }

    private static List<String> singular(List<String> parts) {
        return parts.stream().map(Words::singular).toList();
    }

    private static String singular(String word) {
        if (word.length() < 4
                || !word.endsWith("s")
                || word.endsWith("ss")
                || word.endsWith("us")
                || word.endsWith("is")) {
            return word;
        }
        return word.endsWith("ies") ? word.substring(0, word.length() - 3) + "y" : word.substring(0, word.length() - 1);
    }

    /** The longest phrases of one meaning, from the left. */
    private static List<String> meant(List<String> parts) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < parts.size()) {
            int length = Math.min(LONGEST_PHRASE, parts.size() - at);
            String word = null;
            while (length > 0 && word == null) {
                word = MEANING.get(String.join(" ", parts.subList(at, at + length)));
                length -= word == null ? 1 : 0;
            }
            words.add(word == null ? parts.get(at) : word);
            at += Math.max(1, length);
        }
        return words;
    }

    /** Whether a name is that of an instant. */
    static boolean ofTime(String name) {
        return of(name).stream().anyMatch(TIMES::contains);
    }

    /** Whether these words say little without what stands around them. */
    static boolean common(List<String> words) {
        return COMMON.containsAll(words);
    }

    /** How much two names mean the same, from 0 to 1. */
    static double alike(List<String> left, List<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() && right.isEmpty() ? 1 : 0;
        }
        double[] bests = new double[right.size()];
        double sum = 0;
        for (String word : left) {
            double best = 0;
            for (int i = 0; i < bests.length; i++) {
                double alike = alike(word, right.get(i));
                best = Math.max(best, alike);
                bests[i] = Math.max(bests[i], alike);
            }
            sum += weight(word) * best;
        }
        for (int i = 0; i < bests.length; i++) {
            sum += weight(right.get(i)) * bests[i];
        }
        return sum / (weight(left) + weight(right));
    }

    private static double weight(List<String> words) {
        double sum = 0;
        for (String word : words) {
            sum += weight(word);
        }
        return sum;
    }

    private static double weight(String word) {
        return FILLERS.contains(word) ? 0.3 : 1;
    }

    private static double alike(String left, String right) {
        if (left.equals(right)) {
            return 1;
        }
        if (NEAR.getOrDefault(left, Set.of()).contains(right)) {
            return 0.75;
        }
        boolean begins = Math.min(left.length(), right.length()) >= 4
                && (left.startsWith(right) || right.startsWith(left) || slip(left, right));
        return begins ? 0.7 : 0;
    }

    /** Whether one letter more, less or other makes one of the other. */
    private static boolean slip(String left, String right) {
        String longer = left.length() >= right.length() ? left : right;
        String shorter = left.length() >= right.length() ? right : left;
        if (longer.length() - shorter.length() > 1 || shorter.length() < 5) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && shorter.charAt(at) == longer.charAt(at)) {
            at++;
        }
        int rest = longer.length() == shorter.length() ? at + 1 : at;
        return longer.substring(Math.min(longer.length(), at + 1))
                .equals(shorter.substring(Math.min(shorter.length(), rest)));
    }
}

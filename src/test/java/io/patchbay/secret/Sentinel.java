package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A secret of a test, in all the ways in which systems, libraries and files write texts: none of them may be found anywhere. */
public final class Sentinel {

    private static final Pattern LOWER = Pattern.compile("%[0-9A-F]{2}");

    private Sentinel() {}

    /** The forms by the names of what makes them. */
    public static Map<String, String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", secret);
        forms.put("json", secret.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.put("jsonNumbers", numbers(secret, "\\u%04x"));
        forms.put("html", html);
        forms.put("htmlQuotes", html.replace("\"", "&quot;").replace("'", "&#39;"));
        forms.put("htmlNumbers", numbers(secret, "&#%d;"));
        forms.put("url", url);
        forms.put("urlLower", LOWER.matcher(url).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)));
        forms.put("urlPath", url.replace("%2F", "/"));
        forms.put("urlTwice", URLEncoder.encode(url, StandardCharsets.UTF_8));
        forms.put("base64", Base64.getEncoder().encodeToString(bytes));
        forms.put("base64Basic", Base64.getEncoder().encodeToString(("me:" + secret).getBytes(StandardCharsets.UTF_8)));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("hexUpper", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put("hexColons", HexFormat.ofDelimiter(":").formatHex(bytes));
        forms.put("beginning", secret.substring(0, secret.length() * 2 / 3));
        return forms;
    }

    private static String numbers(String secret, String other) {
        StringBuilder text = new StringBuilder();
        for (char one : secret.toCharArray()) {
            text.append(Character.isLetterOrDigit(one) ? String.valueOf(one) : String.format(other, (int) one));
        }
        return text.toString();
    }

    /** Fails when a text has any form of a secret. */
    public static void nowhere(String where, String text, String... secrets) {
        for (String secret : secrets) {
            forms(secret).forEach((name, form) -> {
                int at = text.indexOf(form);
                assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200)))
                        .as("%s has the form %s of %s", where, name, secret)
                        .isEmpty();
            });
        }
    }
}

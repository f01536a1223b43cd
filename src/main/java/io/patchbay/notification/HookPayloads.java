package io.patchbay.notification;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;

/**
 * A notice as programs and chats read it. Texts go where nothing in them is markup: what a system said of an order must not become
 * a link or call a whole channel.
 */
final class HookPayloads {

    /** Slack cuts none of these by itself: it refuses the message. */
    private static final int SLACK_TITLE = 150;

    private static final int SLACK_TEXT = 3_000;
    /** Teams refuses messages of more than 28 KB. */
    private static final int TEAMS_TEXT = 6_000;

    private HookPayloads() {}

    static ObjectNode of(Channel channel, Notice notice) {
        return switch (channel) {
            case MAIL -> throw new IllegalArgumentException("a mail is no document");
            case WEBHOOK -> document(notice);
            case SLACK -> slack(notice);
            case TEAMS -> teams(notice);
        };
    }

    private static ObjectNode document(Notice notice) {
        ObjectNode document = Json.NODES.objectNode();
        document.put("id", notice.id()).put("at", notice.at().toString());
        notice.facts().forEach(document::put);
        document.put("title", notice.title()).put("text", notice.text());
        return notice.link() == null ? document : document.put("link", notice.link());
    }

    private static ObjectNode slack(Notice notice) {
        ObjectNode message = Json.NODES.objectNode();
        // What is shown in a notification, and where blocks are not understood; there & < > are markup.
        message.put("text", escaped(cut(notice.title(), SLACK_TITLE)));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", plain(cut(notice.title(), SLACK_TITLE)));
        blocks.addObject().put("type", "section").set("text", plain(cut(notice.text(), SLACK_TEXT)));
        if (notice.link() != null) {
            ObjectNode link = Json.NODES.objectNode().put("type", "mrkdwn");
            blocks.addObject()
                    .put("type", "section")
                    .set("text", link.put("text", "<" + escaped(notice.link()) + "|Open in Patchbay>"));
        }
        return message;
    }

    private static ObjectNode plain(String text) {
        return Json.NODES
                .objectNode()
                .put("type", "plain_text")
                .put("text", text)
                .put("emoji", false);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static ObjectNode teams(Notice notice) {
        ObjectNode message = Json.NODES.objectNode().put("type", "message");
        ObjectNode attachment = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        // A text block reads Markdown, a text run does not.
        run(body, cut(notice.title(), SLACK_TITLE)).put("weight", "Bolder");
        cut(notice.text(), TEAMS_TEXT).lines().filter(line -> !line.isBlank()).forEach(line -> run(body, line));
        if (notice.link() != null) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open in Patchbay")
                    .put("url", notice.link());
        }
        return message;
    }

    private static ObjectNode run(ArrayNode body, String text) {
        return body.addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject()
                .put("type", "TextRun")
                .put("text", text);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}

package io.patchbay.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Content of each format whose second record is broken, for tests of what is said of it.
 *
 * @param settings settings of the format, beside its name
 * @param bytes the content
 * @param place how its place is said, with the byte at which the record begins
 * @param field the field that is wrong; empty where none is
 * @param reason a word of what is wrong
 */
public record BrokenContent(
        FormatName format, String settings, byte[] bytes, String place, String field, String reason) {

    private static final String X12 =
            "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*U*00401*000000007*0*P*:~"
                    + "GS*PO*SS*RR*20260301*1200*1*X*004010~ST*850*0001~BEG*00*SA*Öl**20260301~SE*3*0001~";

    private static BrokenContent of(
            FormatName format, String settings, String before, String broken, String line, String field, String why) {
        byte[] bytes = (before + broken).getBytes(StandardCharsets.UTF_8);
        int at = before.getBytes(StandardCharsets.UTF_8).length;
        return new BrokenContent(format, settings, bytes, "record 2" + line + ", byte " + at, field, why);
    }

    /** One of each format, a workbook aside: it has rows and no bytes of them. */
    public static List<BrokenContent> all() {
        String fixed = "fixed: {columns: [{name: sku, width: 3}, {name: qty, width: 2}]}";
        List<BrokenContent> all = new ArrayList<>(List.of(
                of(FormatName.JSON, "", "[{\"sku\":\"Öl\"},", "{\"sku\":{\"x\":nothing}}]", "", "sku.x", "rules"),
                of(
                        FormatName.NDJSON,
                        "",
                        "{\"sku\":\"Öl\"}\n",
                        "{\"sku\":{\"x\":nothing}}\n",
                        ", line 2",
                        "sku.x",
                        "JSON"),
                of(
                        FormatName.XML,
                        "records: '$.r.i[*]'",
                        "<r><i>Öl</i> ",
                        "<i><sku><x>1</y></sku></i></r>",
                        "",
                        "sku.x",
                        "rules"),
                of(FormatName.CSV, "", "sku,qty\nÖl,2\n", "A,1,3\n", ", line 3", "", "3 values"),
                of(FormatName.CSV, "", "sku,qty\nÖl,2\n", "A,\"1\"x\n", ", line 3", "qty", "quote"),
                of(FormatName.TSV, "", "sku\tqty\nÖl\t2\n", "A\t1\t3\n", ", line 3", "", "3 values"),
                of(FormatName.FIXED, fixed, "Öl 12\n", "ABC123\n", ", line 2", "", "6 characters"),
                of(
                        FormatName.YAML,
                        "",
                        "- {sku: Öl}\n- ",
                        "{sku: {x: !!int no}}\n",
                        ", line 2, column 13",
                        "sku.x",
                        "tag"),
                of(
                        FormatName.EDIFACT,
                        "",
                        "UNB+UNOW:3+A+B+260301:1200+7'UNH+1+ORDERS:D:96A:UN'FTX+AAI+++Öl'UNT+3+1'",
                        "UNH+2+ORDERS:D:96A:UN'BGM+1'UNT+9+2'UNZ+2+7'",
                        ", line 1",
                        "",
                        "segment UNT"),
                of(
                        FormatName.X12,
                        "",
                        X12,
                        "ST*850*0002~BEG*00~SE*9*0002~GE*2*1~IEA*1*000000007~",
                        ", line 1",
                        "",
                        "segment SE")));
        all.add(new BrokenContent(
                FormatName.LINES,
                "",
                latin("Öl", "\nÄ\n"),
                "record 2, line 2, byte 4",
                "",
                "none of its character set"));
        all.add(new BrokenContent(
                FormatName.TEXT, "", latin("Öl", " Ä"), "record 1, byte 4", "", "none of its character set"));
        all.add(new BrokenContent(
                FormatName.FORM,
                "",
                "sku=%C3%96l&qty=1%2".getBytes(StandardCharsets.UTF_8),
                "record 1, byte 17",
                "qty",
                "hexadecimal"));
        return all;
    }

    private static byte[] latin(String good, String wrong) {
        byte[] first = good.getBytes(StandardCharsets.UTF_8);
        byte[] second = wrong.getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** What a message must say, with the name of the file. */
    public String[] said(String file) {
        List<String> all = new ArrayList<>(List.of("file '" + file + "'", place, reason));
        if (!field.isEmpty()) {
            all.add("field '" + field + "'");
        }
        return all.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return format + " " + reason;
    }
}

package io.patchbay.script.language.engine;

import java.util.List;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.om.AxisInfo;
import net.sf.saxon.om.NodeInfo;
import net.sf.saxon.pattern.AncestorQualifiedPattern;
import net.sf.saxon.pattern.BasePatternWithPredicate;
import net.sf.saxon.pattern.Pattern;
import net.sf.saxon.pattern.VennPattern;
import net.sf.saxon.trans.XPathException;
import org.jspecify.annotations.Nullable;

/** Whether patterns of templates would match nodes with other data: names and places count, predicates do not. */
final class XsltPatterns {

    private XsltPatterns() {}

    static boolean may(List<Pattern> patterns, NodeInfo node, XPathContext context) throws XPathException {
        for (Pattern pattern : patterns) {
            if (may(pattern, node, context)) {
                return true;
            }
        }
        return false;
    }

    private static boolean may(Pattern pattern, NodeInfo node, XPathContext context) throws XPathException {
        if (pattern instanceof BasePatternWithPredicate predicate) {
            return may(predicate.getBasePattern(), node, context);
        }
        if (pattern instanceof AncestorQualifiedPattern placed) {
            return may(placed.getBasePattern(), node, context) && above(placed, node, context);
        }
        if (pattern instanceof VennPattern two) {
            return may(two.getLHS(), node, context) || may(two.getRHS(), node, context);
        }
        return pattern.getItemType().matches(node, context.getConfiguration().getTypeHierarchy());
    }

    private static boolean above(AncestorQualifiedPattern placed, NodeInfo node, XPathContext context)
            throws XPathException {
        int axis = placed.getUpwardsAxis();
        boolean self = axis == AxisInfo.SELF || axis == AxisInfo.ANCESTOR_OR_SELF;
        boolean far = axis == AxisInfo.ANCESTOR || axis == AxisInfo.ANCESTOR_OR_SELF;
        @Nullable NodeInfo one = self ? node : node.getParent();
        while (one != null) {
            if (may(placed.getUpperPattern(), one, context)) {
                return true;
            }
            one = far ? one.getParent() : null;
        }
        return false;
    }
}

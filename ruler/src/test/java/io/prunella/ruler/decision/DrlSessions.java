package io.prunella.ruler.decision;

import io.prunella.compiler.drools.DrlPrinter;
import io.prunella.compiler.drools.UserRule;
import java.util.List;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.internal.utils.KieHelper;

/** Decisions out of the DRL that is printed for people. */
public final class DrlSessions {
    private DrlSessions() {}

    public static DecisionSession open() {
        return new DecisionSession(DrlSessions::compile);
    }

    public static KieBase compile(List<UserRule> rules) {
        return new KieHelper().addContent(DrlPrinter.print(rules), ResourceType.DRL).build();
    }
}

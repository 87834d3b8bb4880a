package meridian.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// A test, or a class of them, that is skipped where one of these is missing; the reason names it.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Installed.class)
@interface Needs {

    Tool[] value();

    /// Asks for each tool before the test begins.
    final class Installed implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                    .flatMap(needs -> firstMissing(List.of(needs.value())))
                    .map(tool -> ConditionEvaluationResult.disabled(tool.missing()))
                    .orElse(ConditionEvaluationResult.enabled("all it needs is installed"));
        }

        private static Optional<Tool> firstMissing(List<Tool> tools) {
            return tools.stream().filter(tool -> tool.path().isEmpty()).findFirst();
        }
    }
}

// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Guards tests that are {@link Guarded}. A test that has failed for a reason of its own stays
 * failed for that reason, and is told what the guard has seen as suppressed.
 *
 * <pre>{@code
 * @Guarded("com.example.agent")
 * class AgentTest { ... }
 * }</pre>
 */
@SuppressWarnings("exports") // only who has JUnit uses it
public final class GuardExtension implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(GuardExtension.class);

  /** For {@code @ExtendWith}, which {@link Guarded} brings. */
  public GuardExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    Optional<Guarded> guarded =
        AnnotationSupport.findAnnotation(context.getElement(), Guarded.class);
    Class<?> type = context.getRequiredTestClass();
    while (guarded.isEmpty() && type != null) {
      guarded = AnnotationSupport.findAnnotation(type, Guarded.class);
      type = type.getEnclosingClass();
    }
    if (guarded.isPresent()) {
      RealWorldGuard guard = RealWorldGuard.over(guarded.get().value());
      context.getStore(NAMESPACE).put(RealWorldGuard.class, guard);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RealWorldGuard guard =
        context.getStore(NAMESPACE).remove(RealWorldGuard.class, RealWorldGuard.class);
    if (guard == null) {
      return;
    }
    guard.close();
    Optional<Throwable> failure = context.getExecutionException();
    try {
      guard.check();
    } catch (RealWorldError e) {
      if (failure.isEmpty()) {
        throw e;
      } else if (!(failure.get() instanceof RealWorldError)) {
        failure.get().addSuppressed(e);
      }
    }
  }
}

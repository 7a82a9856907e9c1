// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.lifecycle.UncleanLabError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstances;

/**
 * Gives tests their labs and devices, checks the labs after each test, reports what happened when a
 * test fails, and closes every lab once.
 *
 * <p>Four ways in, one lifecycle:
 *
 * <pre>{@code
 * @ExtendWith(RingsideExtension.class)              // 1. annotations
 * class FailoverTest {
 *   @Test
 *   void follows(@HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host, Lab lab) { ... }
 * }
 *
 * @ExtendWith(RingsideExtension.class)              // 2. a lab that the test builds
 * class FailoverTest {
 *   @Managed final Lab lab = Lab.builder().seed(42).topology(new TwoHosts()).open();
 * }
 *
 * class FailoverTest {                              // 3. a description in code
 *   @RegisterExtension
 *   static final RingsideExtension ringside =
 *       RingsideExtension.builder().topology(lab -> lab.host("h1").vms("web")).build();
 * }
 *
 * try (LabSession session = LabSession.of(Lab.open())) {  // 4. no extension at all
 *   ...
 *   session.check();
 * }
 * }</pre>
 *
 * <p><b>What it gives.</b> A parameter of a test, of a constructor or of a lifecycle method that is
 * a {@link dev.ringside.Lab} or one of its devices, and every field with one of this package's
 * annotations. Several devices of a type are told apart by {@link Device}. Nothing said, the lab is
 * that of {@link dev.ringside.Lab#open()}, and the first device of a type is meant. Other
 * parameters are left to others, also a device that a mocking library shall make ({@code @Mock}).
 *
 * <p><b>What the lab is</b> say {@link HostSpec}, {@link LabTopology} and {@link LabSeed}; how long
 * it lives, {@link LabScope}. A nested class has the lab of the class around it unless it says
 * something itself.
 *
 * <p><b>What is checked</b> says {@link dev.ringside.lifecycle.LabCheck}; what is left out, {@link
 * Lenient}; what is asked for besides, {@link Strict}; which losses are meant, {@link ExpectDrops}.
 * Both must be needed where they stand on a test. In a lab that tests share, nobody is told of
 * faults that never struck, nor of losses that were announced by {@link
 * dev.ringside.Lab#expectDrops} and did not come: another test may mean them. A test that has
 * failed for a reason of its own stays failed for that reason: what the checks find is added to it
 * as suppressed.
 *
 * <p><b>What it writes</b> when a test fails: {@code report.html}, a page that tells all in one,
 * and beside it {@code summary.txt}, {@code journal.txt} and {@code journal.jsonl}, {@code
 * state.txt}, {@code topology.svg} and a pcapng file for each cable. It prints where in one line.
 * Nothing when the test passes.
 */
public final class RingsideExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        ParameterResolver,
        AfterEachCallback,
        AfterAllCallback {

  private final Settings settings;
  private final boolean built;

  /** For {@code @ExtendWith(RingsideExtension.class)}. */
  public RingsideExtension() {
    this.settings = Settings.NONE;
    this.built = false;
  }

  RingsideExtension(Settings settings) {
    this.settings = settings;
    this.built = true;
  }

  /** Says in code what the labs shall be, for {@code @RegisterExtension}. */
  public static RingsideExtensionBuilder builder() {
    return new RingsideExtensionBuilder();
  }

  Settings settings() {
    return settings;
  }

  /** Whether it was built, not only named. */
  boolean isBuilt() {
    return built;
  }

  /** Lets what a constructor gets belong to the test that the instance is made for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Stores stores = new Stores(context);
    ClassLabs labs = stores.startClass(this);
    if (labs.isInCharge(this) && labs.hasFields()) {
      Optional<TestInstances> shared = context.getTestInstances();
      FieldInjector.fillClass(
          labs, shared.isPresent() ? shared.get().getAllInstances() : List.of());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TestLabs test = new Stores(context).startTest(this);
    if (test.classLabs().isInCharge(this)) {
      test.enter();
      if (test.classLabs().hasInstanceFields()) {
        FieldInjector.fillTest(test, context);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Parameters.isOurs(parameter.getParameter())
        && new Stores(context).classLabs(this).isInCharge(this);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ReplayCapture capture = Parameters.capture(parameter.getParameter());
    InjectionPoint point =
        capture == null ? Parameters.point(parameter) : Parameters.lab(parameter);
    try {
      Stores stores = new Stores(context);
      RunningLab lab =
          context.getTestMethod().isPresent()
              ? stores.testLabs(this).labFor(point)
              : stores.classLabs(this).sharedLab(point);
      return capture == null
          ? point.choose(lab)
          : CaptureReplays.start(
              capture, parameter.getParameter(), context.getRequiredTestClass(), lab.lab());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestLabs test = new Stores(context).testLabs(this);
    if (test.classLabs().isInCharge(this)) {
      judge(test.leave(), context);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    ClassLabs labs = new Stores(context).classLabs(this);
    if (labs.isInCharge(this)) {
      Verdict verdict = new Verdict(labs.leniences(), labs.strict());
      labs.check(verdict, false);
      judge(verdict, context);
    }
  }

  /** Most tests pass and leave clean labs: nothing comes of that. */
  private static void judge(Verdict verdict, ExtensionContext context) {
    Throwable failure = context.getExecutionException().orElse(null);
    UncleanLabError error = verdict.error(failure != null);
    if (failure != null || error != null) {
      new Outcome(context).judge(failure, error, verdict.labs());
    }
  }
}

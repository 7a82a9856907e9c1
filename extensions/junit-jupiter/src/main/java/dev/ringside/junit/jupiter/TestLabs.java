// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The labs of one test. */
@SuppressWarnings("deprecation") // JUnit 5.12 closes nothing else; later ones take AutoCloseable.
final class TestLabs implements CloseableResource, AutoCloseable {

  private final ClassLabs labs;
  private final MethodPlan plan;
  private final @Nullable TestLabs former;
  private @Nullable AdoptedLabs adopted;
  private @Nullable RunningLab lab;
  private boolean entered;
  private boolean usesRun;

  /** Begins without a lab; the former ones are those of another extension on the same test. */
  TestLabs(ClassLabs labs, Method method, @Nullable TestLabs former) {
    this.labs = labs;
    this.former = former;
    this.plan = labs.plan().method(method);
  }

  ClassLabs classLabs() {
    return labs;
  }

  /** Those in fields of its instances. */
  AdoptedLabs adopted() {
    if (adopted == null) {
      adopted = new AdoptedLabs();
    }
    return adopted;
  }

  /** Whether another extension on the same test runs this lab. */
  boolean isOfAnother(Lab built) {
    RunningLab other = former == null ? null : former.lab;
    return other != null && other.lab() == built;
  }

  // ---- which lab ----

  /** The lab that a point of this test gets. */
  synchronized RunningLab labFor(InjectionPoint point) {
    if (point.asksForNamedLab()) {
      return AdoptedLabs.named(joined(adoptedHere(), labs.allAdopted()), point);
    }
    Scope scope = point.declared().scope();
    return scope == null ? byDefault(point) : ofScope(scope);
  }

  /** That of the innermost method or class that says something about labs. */
  private RunningLab byDefault(InjectionPoint point) {
    if (plan.describesLab()) {
      return own();
    }
    List<RunningLab> built = adoptedHere();
    for (ClassLabs level = labs; level != null; level = level.outer()) {
      built = joined(built, level.adoptedHere());
      RunningLab only = AdoptedLabs.theOnly(built, point);
      if (only != null) {
        return only;
      }
      if (level.plan().scope() != null) {
        return ofScope(level.plan().scope());
      }
    }
    return ofScope(labs.scopeByDefault());
  }

  private List<RunningLab> adoptedHere() {
    return adopted == null ? List.of() : adopted.list();
  }

  private RunningLab ofScope(Scope scope) {
    if (scope == Scope.TEST) {
      return own();
    }
    if (scope == Scope.CLASS) {
      return labs.classLab();
    }
    enterRun();
    return labs.runLab();
  }

  private RunningLab own() {
    if (lab == null) {
      LabSpec spec = labs.describe(false);
      spec.describe(plan.declared(), plan.place());
      spec.add(plan.hosts(), plan.place());
      lab = spec.open();
    }
    return lab;
  }

  // ---- checks ----

  /** The test starts. */
  void enter() {
    entered = true;
    labs.enter();
    if (labs.usesRun()) {
      enterRun();
    }
  }

  private void enterRun() {
    if (!usesRun) {
      usesRun = true;
      labs.run().enter();
    }
  }

  /** The test ends: checks all labs that it may have used. */
  synchronized Verdict leave() {
    Verdict verdict =
        new Verdict(
            joined(labs.leniences(), plan.declared().leniences()),
            joined(labs.strict(), plan.declared().strict()));
    if (lab != null) {
      verdict.check(lab);
    }
    if (adopted != null) {
      adopted.check(verdict);
    }
    if (entered) {
      entered = false;
      labs.leave(verdict);
    }
    if (usesRun) {
      usesRun = false;
      labs.run().leave(verdict);
    }
    return verdict;
  }

  private static <T> List<T> joined(List<T> outside, List<T> inside) {
    if (inside.isEmpty()) {
      return outside;
    }
    List<T> all = new ArrayList<>(outside);
    all.addAll(inside);
    return all;
  }

  /** Closes them, also after a test that has not come to its end. */
  @Override
  public synchronized void close() {
    if (entered || usesRun) {
      leave();
    }
    if (lab != null) {
      lab.close();
    }
    if (adopted != null) {
      adopted.close();
    }
  }
}

// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import dev.ringside.time.Seed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** The labs of a test class: what all its tests share, and what describes their own. */
@SuppressWarnings("deprecation") // JUnit 5.12 closes nothing else; later ones take AutoCloseable.
final class ClassLabs implements CloseableResource, AutoCloseable {

  private final ClassPlan plan;
  private final @Nullable ClassLabs outer;
  private final RunLabs run;
  private final Seed seedByDefault;

  /** The extensions that were registered for the class, the one in charge last. */
  private final List<RingsideExtension> extensions = new ArrayList<>(1);

  /** Asked for several times in each test. */
  private volatile @Nullable RingsideExtension inCharge;

  private final AdoptedLabs adopted = new AdoptedLabs();

  /** The instances that all tests of the class share. */
  private final List<Object> instances = new ArrayList<>(0);

  /** The static fields that were given a value. */
  private final List<InjectedField> filled = new ArrayList<>(0);

  private @Nullable List<Lenience> leniences;
  private @Nullable List<LabCheck> strict;
  private @Nullable RunningLab lab;
  private @Nullable Class<?> leased;
  private boolean usesRun;
  private int tests;

  ClassLabs(ClassPlan plan, @Nullable ClassLabs outer, RunLabs run, Seed seedByDefault) {
    this.plan = plan;
    this.outer = outer;
    this.run = run;
    this.seedByDefault = seedByDefault;
  }

  ClassPlan plan() {
    return plan;
  }

  @Nullable ClassLabs outer() {
    return outer;
  }

  RunLabs run() {
    return run;
  }

  AdoptedLabs adopted() {
    return adopted;
  }

  // ---- which of several extensions does the work ----

  /** Notes an extension; one that was built takes charge, one that is only named fills a gap. */
  synchronized void register(RingsideExtension extension) {
    if (!extensions.contains(extension)) {
      extensions.add(extension.isBuilt() ? extensions.size() : 0, extension);
      inCharge = extensions.get(extensions.size() - 1);
    }
  }

  /** Notes those of the class around it, which are registered for this one, too. */
  synchronized void registerAllOf(ClassLabs around) {
    synchronized (around) {
      extensions.addAll(around.extensions);
      inCharge = extensions.get(extensions.size() - 1);
    }
  }

  synchronized boolean knows(RingsideExtension extension) {
    return extensions.contains(extension);
  }

  boolean isInCharge(RingsideExtension extension) {
    return inCharge == extension;
  }

  private RingsideExtension inCharge() {
    RingsideExtension last = inCharge;
    if (last == null) {
      throw new AssertionError("labs of a class without an extension; please report this bug");
    }
    return last;
  }

  private Settings settings() {
    return inCharge().settings();
  }

  private boolean hasSettingsOfItsOwn() {
    return inCharge().isBuilt() && (outer == null || inCharge() != outer.inCharge());
  }

  // ---- what was said ----

  /** A description with all that this class and those around it say. */
  LabSpec describe(boolean classLab) {
    LabSpec spec = new LabSpec(settings(), seedByDefault);
    describe(spec, classLab);
    return spec;
  }

  private void describe(LabSpec spec, boolean classLab) {
    if (outer != null) {
      outer.describe(spec, classLab);
    }
    plan.addTo(spec, classLab);
  }

  /** How long labs live of which nothing else is said. */
  Scope scopeByDefault() {
    Scope scope = settings().scope();
    return scope == null ? Scope.TEST : scope;
  }

  /** What the checks forgive all tests of this class and those around it. */
  synchronized List<Lenience> leniences() {
    if (leniences == null) {
      leniences = new ArrayList<>(outer == null ? settings().leniences() : outer.leniences());
      leniences.addAll(hasSettingsOfItsOwn() ? settings().leniences() : List.of());
      leniences.addAll(plan.leniences());
    }
    return leniences;
  }

  /** The checks that are asked for after all tests of this class and those around it. */
  synchronized List<LabCheck> strict() {
    if (strict == null) {
      strict = new ArrayList<>(outer == null ? settings().strict() : outer.strict());
      strict.addAll(hasSettingsOfItsOwn() ? settings().strict() : List.of());
      strict.addAll(plan.strict());
    }
    return strict;
  }

  /** Whether a test has fields to fill, be they static or of an instance. */
  boolean hasFields() {
    return !plan.staticFields().isEmpty() || hasInstanceFields();
  }

  /** Whether an instance of a test has fields to fill. */
  boolean hasInstanceFields() {
    return !plan.instanceFields().isEmpty() || (outer != null && outer.hasInstanceFields());
  }

  // ---- labs that tests share ----

  /** The lab of the innermost class that describes one for all its tests. */
  RunningLab classLab() {
    return owner().ownLab();
  }

  private ClassLabs owner() {
    ClassLabs last = this;
    for (ClassLabs labs = this; labs != null; labs = labs.outer) {
      if (labs.plan.describesClassLab() || labs.hasSettingsOfItsOwn()) {
        return labs;
      }
      last = labs;
    }
    return last;
  }

  private synchronized RunningLab ownLab() {
    if (lab == null) {
      Class<?> ancestor = plan.ancestorWithStaticField();
      if (ancestor == null) {
        lab = describe(true).open();
      } else {
        LabSpec spec = new LabSpec(settings(), seedByDefault);
        new ClassPlan(ancestor).addTo(spec, true);
        lab = run.lease(ancestor, spec);
        leased = ancestor;
        usesRun = true;
      }
    }
    return lab;
  }

  /** The lab of the run that is described as this class describes its own. */
  RunningLab runLab() {
    return run.lab(owner().describe(true));
  }

  /** Notes that a field holds a lab that lives as long as the run. */
  void useRun() {
    usesRun = true;
  }

  /** Whether tests of this class may use labs of the run without asking for them. */
  boolean usesRun() {
    return usesRun || (outer != null && outer.usesRun());
  }

  /** The lab that a point gets that all tests of this class share. */
  RunningLab sharedLab(InjectionPoint point) {
    if (point.asksForNamedLab()) {
      return AdoptedLabs.named(allAdopted(), point);
    }
    Scope scope = point.declared().scope();
    for (ClassLabs level = this; scope == null && level != null; level = level.outer) {
      RunningLab own = AdoptedLabs.theOnly(level.adoptedHere(), point);
      if (own != null) {
        return own;
      }
      scope = level.plan.scope();
    }
    if (scope == null) {
      scope = scopeByDefault();
    }
    return scope == Scope.RUN ? runLab() : classLab();
  }

  // ---- labs of the test's own ----

  /** Those in fields of this class. */
  List<RunningLab> adoptedHere() {
    List<RunningLab> own = adopted.list();
    List<RunningLab> ofRun = run.adopted().list();
    if (ofRun.isEmpty()) {
      return own;
    }
    List<RunningLab> all = new ArrayList<>(own);
    for (RunningLab inherited : ofRun) {
      if (plan.hasStaticLab(inherited.lab())) {
        all.add(inherited);
      }
    }
    return all;
  }

  /** Those in fields of this class and the classes around it. */
  List<RunningLab> allAdopted() {
    List<RunningLab> all = new ArrayList<>(adoptedHere());
    if (outer != null) {
      all.addAll(outer.allAdopted());
    }
    return all;
  }

  /** Whether this class or one around it runs this lab already. */
  boolean owns(Lab built) {
    return adopted.owns(built)
        || isOwn(built)
        || (outer == null ? run.owns(built) : outer.owns(built));
  }

  private synchronized boolean isOwn(Lab built) {
    return lab != null && lab.lab() == built;
  }

  /** Notes an instance that all tests of the class share. */
  void share(Object instance) {
    instances.add(instance);
  }

  boolean shares(Object instance) {
    for (Object shared : instances) {
      if (shared == instance) {
        return true;
      }
    }
    return outer != null && outer.shares(instance);
  }

  /** Notes a static field that was given a value, to be taken away in the end. */
  void filled(InjectedField field) {
    filled.add(field);
  }

  // ---- checks ----

  /** A test of this class starts. */
  void enter() {
    for (ClassLabs labs = this; labs != null; labs = labs.outer) {
      labs.count(1);
    }
  }

  /** A test of this class ends. While others run, only the law can be checked. */
  void leave(Verdict verdict) {
    for (ClassLabs labs = this; labs != null; labs = labs.outer) {
      labs.check(verdict, labs.count(-1) > 0);
    }
  }

  private synchronized int count(int more) {
    tests += more;
    return tests;
  }

  /** Checks the labs that belong to this class alone. */
  synchronized void check(Verdict verdict, boolean busy) {
    if (lab != null && leased == null) {
      verdict.checkShared(lab, busy);
    }
    adopted.checkShared(verdict, busy);
  }

  @Override
  public void close() {
    synchronized (run) {
      boolean last = leased == null || run.release(leased);
      for (InjectedField field : filled) {
        if (last || field.field().getDeclaringClass() == plan.type()) {
          field.clear();
        }
      }
    }
    if (lab != null && leased == null) {
      lab.close();
    }
    adopted.close();
  }
}

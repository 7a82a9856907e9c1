// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.time.Seed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Where the labs of a context are kept. All state of the extension is here. */
final class Stores {

  private static final Namespace NAMESPACE = Namespace.create(RingsideExtension.class);
  private static final String SEED = "ringside.seed";

  /** The labs of a test; where it has none yet, those of its class: a look-up takes a while. */
  private static final String LABS = "labs";

  private final ExtensionContext context;
  private final Store store;

  Stores(ExtensionContext context) {
    this.context = context;
    this.store = context.getStore(NAMESPACE);
  }

  // ---- classes ----

  /** A class begins, or another extension is registered for it. */
  ClassLabs startClass(RingsideExtension extension) {
    ClassLabs labs = store.get(LABS, ClassLabs.class);
    if (labs == null || labs.plan().type() != context.getRequiredTestClass()) {
      ClassLabs outer = labs;
      labs = newClassLabs(outer);
      store.put(LABS, labs);
      if (outer != null && outer.knows(extension)) {
        labs.registerAllOf(outer);
      }
    }
    labs.register(extension);
    return labs;
  }

  private ClassLabs newClassLabs(@Nullable ClassLabs outer) {
    Store root = context.getRoot().getStore(NAMESPACE);
    RunLabs run = root.getOrComputeIfAbsent(RunLabs.class, key -> new RunLabs(), RunLabs.class);
    Optional<String> seed = context.getConfigurationParameter(SEED);
    return new ClassLabs(
        new ClassPlan(context.getRequiredTestClass()),
        outer,
        run,
        seed.isPresent() && !seed.get().isBlank() ? Seed.parse(seed.get()) : Seed.DEFAULT);
  }

  /** The labs of the class; of the test alone where the extension is registered for it alone. */
  ClassLabs classLabs(RingsideExtension extension) {
    return context.getTestMethod().isPresent()
        ? testLabs(extension).classLabs()
        : startClass(extension);
  }

  // ---- tests ----

  /** A test begins, or another extension is registered for it. */
  TestLabs startTest(RingsideExtension extension) {
    TestLabs test = testLabs(extension);
    if (test.classLabs().knows(extension)) {
      return test;
    }
    store.put(test, test); // what it has opened is closed with the test
    return newTestLabs(ownClassLabs(test.classLabs().outer(), extension), test);
  }

  /** The labs of the test. */
  TestLabs testLabs(RingsideExtension extension) {
    Object nearest = store.get(LABS);
    if (nearest instanceof TestLabs test) {
      return test;
    }
    return newTestLabs(
        nearest instanceof ClassLabs labs ? labs : ownClassLabs(null, extension), null);
  }

  /** Those of a class that the test has for itself alone. */
  private ClassLabs ownClassLabs(@Nullable ClassLabs outer, RingsideExtension extension) {
    ClassLabs labs = newClassLabs(outer);
    labs.register(extension);
    store.put(labs, labs); // closed with the test
    return labs;
  }

  private TestLabs newTestLabs(ClassLabs labs, @Nullable TestLabs former) {
    TestLabs test = new TestLabs(labs, context.getRequiredTestMethod(), former);
    store.put(LABS, test);
    return test;
  }
}

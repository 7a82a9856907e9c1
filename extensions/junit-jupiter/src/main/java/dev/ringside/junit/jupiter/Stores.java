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

  private final ExtensionContext context;
  private final Store store;

  Stores(ExtensionContext context) {
    this.context = context;
    this.store = context.getStore(NAMESPACE);
  }

  // ---- classes ----

  /** A class begins, or another extension is registered for it. */
  ClassLabs startClass(RingsideExtension extension) {
    ClassLabs labs = store.get(ClassLabs.class, ClassLabs.class);
    if (labs == null || labs.plan().type() != context.getRequiredTestClass()) {
      labs = newClassLabs(labs);
      store.put(ClassLabs.class, labs);
      ClassLabs outer = labs.outer();
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
        seed.isPresent() ? Seed.parse(seed.get()) : Seed.DEFAULT);
  }

  /** The labs of the class; of the test alone where the extension is registered for it alone. */
  ClassLabs classLabs(RingsideExtension extension) {
    ClassLabs labs = store.get(ClassLabs.class, ClassLabs.class);
    boolean ofAnotherClass =
        labs != null
            && context.getTestMethod().isEmpty()
            && labs.plan().type() != context.getRequiredTestClass();
    return labs == null || ofAnotherClass ? startClass(extension) : labs;
  }

  // ---- tests ----

  /** A test begins, or another extension is registered for it. */
  TestLabs startTest(RingsideExtension extension) {
    ClassLabs labs = classLabs(extension);
    if (!labs.knows(extension)) {
      labs = newClassLabs(labs.outer());
      store.put(ClassLabs.class, labs);
      labs.register(extension);
      TestLabs former = store.get(TestLabs.class, TestLabs.class);
      if (former != null) {
        store.put(former, former); // what it has opened is closed with the test
      }
      store.put(TestLabs.class, new TestLabs(labs, context.getRequiredTestMethod(), former));
    }
    return testLabs(labs);
  }

  /** The labs of the test. */
  TestLabs testLabs(RingsideExtension extension) {
    TestLabs test = store.get(TestLabs.class, TestLabs.class);
    return test == null ? testLabs(classLabs(extension)) : test;
  }

  private TestLabs testLabs(ClassLabs labs) {
    TestLabs test = store.get(TestLabs.class, TestLabs.class);
    if (test == null) {
      test = new TestLabs(labs, context.getRequiredTestMethod(), null);
      store.put(TestLabs.class, test);
    }
    return test;
  }
}

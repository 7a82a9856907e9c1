// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;

import java.lang.instrument.Instrumentation;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** The packages whose classes tell when they use the real world; once told, for good. */
final class Instrumented {

  private static final Set<String> PACKAGES = new LinkedHashSet<>();

  private Instrumented() {}

  /** Lets the classes of a package and those below it tell. */
  static synchronized void add(String name) {
    if (PACKAGES.contains(name)) {
      return;
    }
    Instrumentation instrumentation = instrumentation();
    Module guard = Instrumented.class.getModule();
    Object unused =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
            .with(new Failures())
            .ignore(nameStartsWith("net.bytebuddy."))
            .type(nameStartsWith(name + "."))
            .transform(
                (builder, type, loader, module, domain) -> {
                  letRead(module, guard, instrumentation);
                  return builder.visit(new CallNotes());
                })
            .installOn(instrumentation);
    PACKAGES.add(name);
  }

  private static void letRead(
      @Nullable JavaModule module, Module guard, Instrumentation instrumentation) {
    if (module != null && module.isNamed() && guard.isNamed()) {
      Module user = (Module) module.unwrap();
      instrumentation.redefineModule(user, Set.of(guard), Map.of(), Map.of(), Set.of(), Map.of());
    }
  }

  /** What is thrown in a transformer is lost unless somebody tells. */
  private static final class Failures extends AgentBuilder.Listener.Adapter {
    @Override
    public void onError(
        String type,
        @Nullable ClassLoader loader,
        @Nullable JavaModule module,
        boolean loaded,
        Throwable thrown) {
      RealWorldGuard.failed(type, thrown);
    }
  }

  private static Instrumentation instrumentation() {
    try {
      return ByteBuddyAgent.getInstrumentation();
    } catch (IllegalStateException notThereYet) {
      return attach();
    }
  }

  private static Instrumentation attach() {
    try {
      return ByteBuddyAgent.install();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "the guard cannot attach to this JVM ("
              + e.getMessage()
              + "); start it with -javaagent:byte-buddy-agent.jar, or let it attach:"
              + " -XX:+EnableDynamicAgentLoading, and a JDK with the module jdk.attach",
          e);
    }
  }
}

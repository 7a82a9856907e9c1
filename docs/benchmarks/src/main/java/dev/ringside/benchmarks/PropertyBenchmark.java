// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.jqwik.LabPerTry;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a fresh lab for each try adds to a property. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public class PropertyBenchmark {

  private static final int TRIES = 1_000;

  private final Launcher launcher = JupiterRun.launcher(new JqwikTestEngine());
  private LauncherDiscoveryRequest without;
  private LauncherDiscoveryRequest with;

  /** Prepares the requests. */
  @Setup
  public void prepare() throws ClassNotFoundException {
    without = JupiterRun.request(Plain.class.getName());
    with = JupiterRun.request(WithLab.class.getName());
  }

  /** Runs a property without a lab. */
  @Benchmark
  public long withoutLab() {
    return JupiterRun.run(launcher, without);
  }

  /** Runs the same property, which gets a fresh lab for each try. */
  @Benchmark
  public long withLab() {
    return JupiterRun.run(launcher, with);
  }

  /** A property of two values. */
  public static class Plain {
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    boolean sums_commute(@ForAll int one, @ForAll String other) {
      return (one + other).length() == (other + one).length();
    }
  }

  /** The same property with a lab. */
  public static class WithLab {
    @LabPerTry
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    boolean sums_commute(@ForAll int one, @ForAll String other, @ForAll Lab lab) {
      return (one + other).length() == (other + one).length() && !lab.hosts().isEmpty();
    }
  }
}

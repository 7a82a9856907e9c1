// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.engine.JupiterTestEngine;
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

/**
 * What a parameter adds to a test: a lab, a mock, nothing. Each of them is warm: runs of a whole
 * engine take some half a minute until the compiler has nothing left to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 6, time = 4)
@Measurement(iterations = 5, time = 1)
public class ExtensionBenchmark {

  /** How many tests each class has. */
  static final int TESTS = 200;

  private final Launcher launcher = JupiterRun.launcher(new JupiterTestEngine());
  private LauncherDiscoveryRequest empty;
  private LauncherDiscoveryRequest lab;
  private LauncherDiscoveryRequest mock;

  /** Prepares the requests. */
  @Setup
  public void prepare() throws ClassNotFoundException {
    empty = JupiterRun.request(EmptyCase.Many.class.getName());
    lab = JupiterRun.request(LabCase.Many.class.getName());
    mock = JupiterRun.request(MockCase.Many.class.getName());
  }

  /** Runs tests without parameters. */
  @Benchmark
  public long withoutParameter() {
    return run(empty);
  }

  /** Runs tests that get a lab. */
  @Benchmark
  public long withLab() {
    return run(lab);
  }

  /** Runs tests that get a mock. */
  @Benchmark
  public long withMock() {
    return run(mock);
  }

  private long run(LauncherDiscoveryRequest request) {
    long passed = JupiterRun.run(launcher, request);
    if (passed != TESTS) {
      throw new IllegalStateException(passed + " of " + TESTS + " tests passed");
    }
    return passed;
  }
}

// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.bytebuddy.Faults;
import java.util.concurrent.TimeUnit;
import org.mockito.Mockito;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a warm lab of one host, 2 NICs, 8 virtual functions and 4 machines costs, and 2 mocks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LabBenchmark {

  /** An interface such as code under test has. */
  public interface Switchboard {
    /** A method with a result. */
    int connect(String from, String to);

    /** A method without. */
    void hangUp();
  }

  /** Another interface. */
  public interface Operator {
    /** A method with a result. */
    String name();
  }

  /** Builds a lab and closes it. */
  @Benchmark
  public Lab openAndClose() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "db", "cache", "queue");
    Lab lab = builder.open();
    lab.close();
    return lab;
  }

  /** Builds a lab whose devices may have faults, and closes it. */
  @Benchmark
  public Lab openAndCloseWithFaults() {
    LabBuilder builder = Lab.builder().parts(new Faults());
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web", "db", "cache", "queue");
    Lab lab = builder.open();
    lab.close();
    return lab;
  }

  /** Makes two mocks of interfaces. */
  @Benchmark
  public void twoMocks(Blackhole sink) {
    sink.consume(Mockito.mock(Switchboard.class));
    sink.consume(Mockito.mock(Operator.class));
  }
}

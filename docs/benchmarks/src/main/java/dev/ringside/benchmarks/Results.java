// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one run of JMH found. Whole forks jump by a third on a shared machine, so a score is that of
 * the best fork: two bests of one run can be compared, two averages can't.
 */
final class Results {
  private static final int FEWEST_FORKS = 3;

  private final Map<String, RunResult> byName = new LinkedHashMap<>();

  Results(Collection<RunResult> results) {
    for (RunResult result : results) {
      String[] name = result.getParams().getBenchmark().split("\\.", -1);
      byName.put(name[name.length - 2] + "." + name[name.length - 1] + parameters(result), result);
    }
  }

  /** The values of a benchmark's parameters, such as {@code (1000/8/0)}; empty without any. */
  private static String parameters(RunResult result) {
    BenchmarkParams params = result.getParams();
    return params.getParamsKeys().isEmpty()
        ? ""
        : params.getParamsKeys().stream()
            .map(params::getParam)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Null if the benchmark, or its baseline, was not in the run. */
  @Nullable Row row(Measure measure) {
    Result<?> best = best(measure.benchmark(), measure.metric());
    if (best == null) {
      return null;
    }
    double score = best.getScore();
    String unit = best.getScoreUnit();
    if (measure.baseline() == null) {
      return new Row(measure.name(), score, unit, null, null, measure.budget());
    }
    Result<?> baseline = best(measure.baseline(), measure.metric());
    if (baseline == null) {
      return null;
    }
    double compared = baseline.getScore();
    if (measure.floor() != null) {
      Result<?> floor = best(measure.floor(), measure.metric());
      if (floor == null) {
        return null;
      }
      score -= floor.getScore();
      compared -= floor.getScore();
    }
    return new Row(measure.name(), score, unit, compared, score / compared, measure.budget());
  }

  private @Nullable Result<?> best(String benchmark, @Nullable String metric) {
    RunResult run = byName.get(benchmark);
    if (run == null) {
      return null;
    }
    if (run.getBenchmarkResults().size() < FEWEST_FORKS) {
      throw new IllegalArgumentException(
          "%s has %d forks, and a best needs %d: annotate it with @Fork(%d)"
              .formatted(benchmark, run.getBenchmarkResults().size(), FEWEST_FORKS, FEWEST_FORKS));
    }
    Result<?> best = null;
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      Result<?> result =
          metric == null ? fork.getPrimaryResult() : fork.getSecondaryResults().get(metric);
      if (best == null || result.getScore() < best.getScore()) {
        best = result;
      }
    }
    return best;
  }
}

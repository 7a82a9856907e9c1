// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import dev.ringside.Lab;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.ActionChain;

/** Tells the findings of a run from inside; does nothing where no defect is looked for. */
public final class Watch implements AroundPropertyHook {

  /** For jqwik. */
  public Watch() {}

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Findings findings = Findings.current();
    if (findings == null) {
      return property.execute();
    }
    int declared = context.attributes().tries().orElse(Integer.MAX_VALUE);
    context.attributes().setTries(Math.min(declared, findings.mostTries()));
    if (!findings.shrinks()) {
      context.attributes().setShrinking(ShrinkingMode.OFF);
    }
    PropertyExecutionResult result = property.execute();
    findings.ran();
    if (result.status() == PropertyExecutionResult.Status.FAILED) {
      String name =
          context.containerClass().getSimpleName() + "." + context.targetMethod().getName();
      findings.failed(name, result.countTries(), lines(result));
    }
    return result;
  }

  /** Within all others. */
  @Override
  public int aroundPropertyProximity() {
    return 90;
  }

  /** What shrinks its scripts itself tells them in numbered lines. */
  private static int lines(PropertyExecutionResult result) {
    String told = result.throwable().map(Throwable::getMessage).orElse("");
    int numbered = (int) told.lines().filter(line -> line.matches("\\d+\\. .*")).count();
    if (numbered > 0) {
      return numbered;
    }
    int lines = 0;
    for (Object parameter : result.falsifiedParameters().orElse(List.of())) {
      lines += lines(parameter);
    }
    return lines;
  }

  /** A script has a line for each step, whatever else is given has one. */
  private static int lines(Object parameter) {
    if (parameter instanceof Lab) {
      return 0; // the same for all scripts, or said by one of them
    } else if (parameter instanceof Collection<?> script) {
      return script.size();
    } else if (parameter instanceof ActionChain<?> chain) {
      return chain.transformations().size();
    }
    return (int) String.valueOf(parameter).lines().count();
  }
}

// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import dev.ringside.Lab;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import net.jqwik.api.state.ActionChain;

/** Tells the findings of a run from inside; does nothing where no defect is looked for. */
public final class Watch implements AroundPropertyHook, AroundTryHook {

  /** The properties of a suite that have ended, and were not begun again. */
  private static final ClassValue<Set<String>> ENDED =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> suite) {
          return ConcurrentHashMap.newKeySet();
        }
      };

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
    Set<String> ended = ENDED.get(context.containerClass());
    ended.remove(context.targetMethod().getName());
    PropertyExecutionResult result = property.execute();
    ended.add(context.targetMethod().getName());
    findings.ran();
    if (result.status() == PropertyExecutionResult.Status.FAILED) {
      String name =
          context.containerClass().getSimpleName() + "." + context.targetMethod().getName();
      findings.failed(name, result.countTries(), lines(result));
    }
    return result;
  }

  /**
   * A shrinker of jqwik's that is out of time goes on in its thread, as long as there is something
   * to try. Nothing fails any more for one whose property has ended, so that it ends soon.
   */
  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor property, List<Object> parameters) {
    Set<String> ended = ENDED.get(context.containerClass());
    boolean isOver = ended.contains(context.targetMethod().getName());
    return isOver ? TryExecutionResult.satisfied() : property.execute(parameters);
  }

  /** Outside of all others. */
  @Override
  public int aroundTryProximity() {
    return -100;
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

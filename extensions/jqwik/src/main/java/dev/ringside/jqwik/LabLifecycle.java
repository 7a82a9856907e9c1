// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.Topology;
import dev.ringside.host.Host;
import dev.ringside.lifecycle.LabSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle behind {@link LabPerTry}.
 *
 * <p>jqwik resolves parameters before it generates the others, so the topology is not known then: a
 * closed lab holds the place until the try begins.
 *
 * <pre>{@code
 * @AddLifecycleHook(LabLifecycle.class) // what @LabPerTry stands for
 * }</pre>
 */
public final class LabLifecycle implements AroundPropertyHook, AroundTryHook, ResolveParameterHook {

  static final Lab PLACE = closed();
  static final Host HOST_PLACE = PLACE.host();

  private static Lab closed() {
    Lab lab = Lab.builder().open();
    lab.close();
    return lab;
  }

  /** For jqwik. */
  public LabLifecycle() {}

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext lifecycle) {
    Class<?> type = parameter.parameter().getType();
    if (type == Lab.class) {
      return Optional.of(optionalTry -> PLACE);
    }
    if (type == Host.class) {
      return Optional.of(optionalTry -> HOST_PLACE);
    }
    return Optional.empty();
  }

  /** Inside of the user's own hooks, so that these see the results that the property really has. */
  @Override
  public int aroundTryProximity() {
    return 50;
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor property, List<Object> parameters) {
    if (!wantsLab(parameters)) {
      return property.execute(parameters);
    }
    try (LabSession session = LabSession.of(open(context, parameters))) {
      Lab lab = session.lab();
      TryExecutionResult result = judged(property.execute(with(lab, parameters)), lab);
      if (result.isFalsified()) {
        lastFailure().get().remember(session, result.throwable().orElse(null));
      }
      return result;
    }
  }

  private static Store<LastFailure> lastFailure() {
    return Store.getOrCreate(LastFailure.class, Lifespan.PROPERTY, LastFailure::new);
  }

  /** Writes the page of a failed property, and says where it is. */
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    if (result.status() == PropertyExecutionResult.Status.FAILED) {
      try {
        Path page =
            lastFailure()
                .get()
                .write(context.containerClass().getName() + '.' + context.targetMethod().getName());
        if (page != null) {
          context.reporter().publishValue("Ringside report", page.toUri().toString());
        }
      } catch (RuntimeException e) {
        result.throwable().ifPresent(thrown -> thrown.addSuppressed(e));
      }
    }
    return result;
  }

  private static boolean wantsLab(List<Object> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      if (isPlace(parameters.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlace(@Nullable Object parameter) {
    return parameter == PLACE || parameter == HOST_PLACE;
  }

  private static Lab open(TryLifecycleContext context, List<Object> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof Topology topology) {
        return Lab.of(topology);
      }
    }
    return Lab.of(declared(context).get());
  }

  private static Store<Topology> declared(TryLifecycleContext context) {
    return Store.getOrCreate(LabPerTry.class, Lifespan.PROPERTY, () -> newDeclared(context));
  }

  private static Topology newDeclared(TryLifecycleContext context) {
    Optional<LabPerTry> onMethod = context.findAnnotation(LabPerTry.class);
    if (onMethod.isPresent()) {
      return context.newInstance(onMethod.get().value());
    }
    List<LabPerTry> onClasses = context.findAnnotationsInContainer(LabPerTry.class);
    return onClasses.isEmpty()
        ? new LabPerTry.Usual()
        : context.newInstance(onClasses.get(0).value());
  }

  private static List<Object> with(Lab lab, List<Object> parameters) {
    List<Object> filled = new ArrayList<>(parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      Object parameter = parameters.get(i);
      if (parameter == PLACE) {
        filled.add(lab);
      } else {
        filled.add(isPlace(parameter) ? lab.host() : parameter);
      }
    }
    return filled;
  }

  private static TryExecutionResult judged(TryExecutionResult result, Lab lab) {
    List<String> violations = lab.ledger().violations();
    if (result.isFalsified()) {
      if (!violations.isEmpty()) {
        result
            .throwable()
            .ifPresent(thrown -> thrown.addSuppressed(new ConservationViolation(violations)));
      }
      return result.withFootnotes(LabReport.of(lab));
    }
    return violations.isEmpty() || result.isInvalid()
        ? result
        : TryExecutionResult.falsified(new ConservationViolation(violations))
            .withFootnotes(LabReport.of(lab));
  }
}

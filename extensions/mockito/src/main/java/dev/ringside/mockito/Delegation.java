// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;
import org.mockito.invocation.InvocationOnMock;
import org.mockito.stubbing.Answer;

/** Hands each call on a view to its device, and gives back views where there are some. */
final class Delegation implements Answer<@Nullable Object> {

  private final RecordingViews views;
  private final Object device;
  private final Answer<@Nullable Object> delegate;

  Delegation(RecordingViews views, Object device) {
    this.views = views;
    this.device = device;
    this.delegate = AdditionalAnswers.delegatesTo(device);
  }

  @Override
  public @Nullable Object answer(InvocationOnMock call) throws Throwable {
    Method method = call.getMethod();
    if (isHandOver(method)) {
      throw new UnsupportedOperationException(
          Mockito.mockingDetails(call.getMock()).getMockCreationSettings().getMockName()
              + " is a view for operations; hand packets to the device itself");
    }
    return seen(delegated(call, method));
  }

  /** The way of packets: a mock would keep each of them, and cost each of them time. */
  private boolean isHandOver(Method method) {
    Class<?>[] types = method.getParameterTypes();
    return device instanceof PacketSink
        && types.length == 1
        && (types[0] == Packet.class || types[0] == Object.class) // the bridge of a consumer
        && method.getReturnType() == void.class;
  }

  private @Nullable Object delegated(InvocationOnMock call, Method method) throws Throwable {
    @Nullable Object[] arguments = call.getRawArguments().clone();
    boolean changed = false;
    for (int i = 0; i < arguments.length; i++) {
      Object given = arguments[i];
      if (given != null) {
        arguments[i] = views.device(given);
        changed |= arguments[i] != given;
      }
    }
    if (!changed) {
      return delegate.answer(call);
    }
    try {
      return method.invoke(device, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object seen(@Nullable Object result) {
    if (!(result instanceof List<?> list)) {
      return views.viewIfAny(result);
    }
    List<@Nullable Object> seen = new ArrayList<>(list.size());
    boolean changed = false;
    for (Object element : list) {
      Object view = views.viewIfAny(element);
      changed |= view != element;
      seen.add(view);
    }
    return changed ? Collections.unmodifiableList(seen) : list;
  }
}

// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mockito.InOrder;
import org.mockito.MockMakers;
import org.mockito.MockSettings;
import org.mockito.Mockito;

/**
 * Views of a lab's devices that record what is done through them, for {@code verify} and {@code
 * InOrder}. A view does nothing itself: it hands every call to the device, which stays where it is
 * wired, and shares its state.
 *
 * <pre>{@code
 * RecordingViews views = new RecordingViews();
 * PhysicalNic p0 = views.of(lab.host().pnic("p0"));
 * Host host = views.of(lab.host());
 *
 * new Maintenance(host).replace("p0"); // code under test; host.pnic("p0") gives it the view
 *
 * InOrder order = views.inOrder();
 * order.verify(host).deactivate("p0");
 * order.verify(p0).fail();
 * assertThat(lab.vm("web")).hasDirectAccessThrough("p1"); // it has really happened
 * }</pre>
 *
 * <p>What a view returns is a view, too, where one was made of it: the device above, or an element
 * of a list. A view as an argument reaches the device as what it stands for. Calls can be stubbed
 * as with any mock: {@code doThrow(...).when(p0).fail()}.
 *
 * <p><b>Limits.</b> A view records what is done through it, not what the lab does by itself; the
 * journal tells that. It is for operations, not for packets: it refuses to stand in their way (such
 * as {@code accept(Packet)}), and the lab's own devices never see it. Hand the views to code under
 * test, and devices to the lab. On the module path Mockito changes the class of the device, for
 * which each packet then takes longer; on the class path it does not.
 *
 * <p>One object of this class belongs to one test and one thread. Views are mocks as all others: in
 * a session of Mockito's, such as its JUnit extension, strict stubs and all settings of the user
 * apply.
 */
public final class RecordingViews {

  /** By device. Only looked up: what is iterated is the list. */
  private final IdentityHashMap<Object, Object> viewOf = new IdentityHashMap<>();

  /** By view. */
  private final IdentityHashMap<Object, Object> deviceOf = new IdentityHashMap<>();

  /** In the order in which they were made. */
  private final List<Object> views = new ArrayList<>();

  /** Without views. */
  public RecordingViews() {}

  /**
   * The view of a device, always the same one.
   *
   * @throws IllegalArgumentException if it is a function (a lambda), of which no view can be made;
   *     say which interface to view: {@link #of(Class, Object)}
   */
  @SuppressWarnings("unchecked") // a mock of a class is one of its supertypes
  public <T> T of(T device) {
    Class<?> type = device.getClass();
    while (type.isHidden() || type.isSynthetic()) {
      type = type.getSuperclass();
    }
    if (type == Object.class) {
      throw new IllegalArgumentException(
          "cannot view a function; say what it is: views.of(FailoverPolicy.class, policy)");
    }
    return of((Class<T>) type, device);
  }

  /**
   * The view of a device or of a policy as this type, always the same one.
   *
   * <pre>{@code
   * FailoverPolicy policy = views.of(FailoverPolicy.class, FailoverPolicies.lowestOrder());
   * host.aggregator().setPolicy(policy);
   * host.pnic("p0").fail();
   * verify(policy).choose(allNamed("p1"), named("p0"));
   * }</pre>
   */
  public <T> T of(Class<T> type, T device) {
    if (deviceOf.containsKey(device)) {
      return device;
    }
    Object known = viewOf.get(device);
    if (known == null) {
      known = Mockito.mock(type, settings(type, device));
      viewOf.put(device, known);
      deviceOf.put(known, device);
      views.add(known);
    }
    return type.cast(known);
  }

  private MockSettings settings(Class<?> type, Object device) {
    MockSettings settings = Mockito.withSettings().defaultAnswer(new Delegation(this, device));
    List<String> names = Names.of(device);
    if (!names.isEmpty()) {
      settings.name(names.get(0));
    }
    return leavesClassAlone(type) ? settings.mockMaker(MockMakers.SUBCLASS) : settings;
  }

  /**
   * Whether a mock can be a subclass, so that the class of the wired devices stays as it is. In
   * modules it cannot: Mockito's does not read ours.
   */
  private static boolean leavesClassAlone(Class<?> type) {
    return !Modifier.isFinal(type.getModifiers()) && !type.getModule().isNamed();
  }

  /** What a view stands for; anything else stands for itself. */
  @SuppressWarnings("unchecked") // a view and its device are of one type
  public <T> T device(T viewOrDevice) {
    Object device = deviceOf.get(viewOrDevice);
    return device == null ? viewOrDevice : (T) device;
  }

  /** The view of a device if there is one, else the device. */
  @Nullable Object viewIfAny(@Nullable Object device) {
    Object view = viewOf.get(device);
    return view == null ? device : view;
  }

  /** The views, in the order in which they were made. */
  public Object[] all() {
    return views.toArray();
  }

  /**
   * Verifies calls to any of the views in the order in which they came.
   *
   * @throws IllegalStateException if there is no view
   */
  public InOrder inOrder() {
    if (views.isEmpty()) {
      throw new IllegalStateException("there is no view yet; make one with of(device)");
    }
    return Mockito.inOrder(all());
  }
}

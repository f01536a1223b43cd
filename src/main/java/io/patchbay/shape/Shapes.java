package io.patchbay.shape;

import io.patchbay.shape.assertion.AssertShape;
import io.patchbay.shape.branch.BranchShape;
import io.patchbay.shape.cache.AddToCacheShape;
import io.patchbay.shape.cache.CachedShape;
import io.patchbay.shape.cache.LoadFromCacheShape;
import io.patchbay.shape.callback.CallbackShape;
import io.patchbay.shape.camel.CamelShape;
import io.patchbay.shape.collect.CollectShape;
import io.patchbay.shape.connection.ConnectionShape;
import io.patchbay.shape.convert.ConvertShape;
import io.patchbay.shape.dedupe.DeDupeShape;
import io.patchbay.shape.delay.DelayShape;
import io.patchbay.shape.enrich.EnrichShape;
import io.patchbay.shape.filter.FilterShape;
import io.patchbay.shape.flowcontrol.FlowControlShape;
import io.patchbay.shape.loop.LoopShape;
import io.patchbay.shape.manualpayload.ManualPayloadShape;
import io.patchbay.shape.map.MapShape;
import io.patchbay.shape.notify.NotifyShape;
import io.patchbay.shape.route.RouteShape;
import io.patchbay.shape.runflow.RunFlowShape;
import io.patchbay.shape.script.ScriptShape;
import io.patchbay.shape.setvariables.SetVariablesShape;
import io.patchbay.shape.split.SplitShape;
import io.patchbay.shape.throttle.ThrottleShape;
import io.patchbay.shape.trackdata.TrackDataShape;
import io.patchbay.shape.trycatch.TryShape;
import io.patchbay.shape.validate.ValidateShape;
import io.patchbay.shape.wait.WaitShape;
import java.util.List;

/** The one list of shapes: adding a shape adds one line. */
public final class Shapes {

    private Shapes() {}

    /** All shapes there are. */
    public static List<ShapeType<?>> all() {
        return List.of(
                new AddToCacheShape(),
                new AssertShape(),
                new BranchShape(),
                new CachedShape(),
                new CallbackShape(),
                new CamelShape(),
                new CollectShape(),
                new ConnectionShape(),
                new ConvertShape(),
                new DeDupeShape(),
                new DelayShape(),
                new EnrichShape(),
                new FilterShape(),
                new FlowControlShape(),
                new LoadFromCacheShape(),
                new LoopShape(),
                new ManualPayloadShape(),
                new MapShape(),
                new NotifyShape(),
                new RouteShape(),
                new RunFlowShape(),
                new ScriptShape(),
                new SetVariablesShape(),
                new SplitShape(),
                new ThrottleShape(),
                new TrackDataShape(),
                new TryShape(),
                new ValidateShape(),
                new WaitShape());
    }
}

package io.patchbay.bench;

import io.patchbay.App;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;

/**
 * The program without a history of callbacks, to be compared with: nothing is handed to what writes it, or, with {@code bench.recorded},
 * so many runs a second and no more.
 */
public final class WithoutHistory {

    private static final Set<String> STORY = Set.of("started", "progressed", "captured");
    private static final int RECORDED = Integer.getInteger("bench.recorded", 0);
    private static final long APART = RECORDED == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(1) / RECORDED;
    private static final long BEHIND = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private WithoutHistory() {}

    /** Starts it; every argument is a setting. */
    public static void main(String[] settings) {
        SpringApplication application = new SpringApplication(App.class);
        application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (name.equals("runHistory")) {
                    return silent(RunHistory.class, bean);
                }
                return name.equals("checkpoints") ? silent(Checkpoints.class, bean) : bean;
            }
        }));
        application.run(settings);
    }

    private static Object silent(Class<?> type, Object bean) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (STORY.contains(method.getName()) && !told(arguments[0], false)) {
                return null;
            }
            if (method.getName().equals("finish") && arguments[1] == null && !told(arguments[0], true)) {
                return CompletableFuture.completedFuture(null);
            }
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** Whether a run is one of the few that are recorded, from now on until it ends. */
    private static boolean told(Object of, boolean last) {
        if (RECORDED == 0) {
            return false;
        }
        String run = of instanceof CapturedPayload payload ? payload.runId() : ((RunRecord) of).id();
        if (last ? TOLD.remove(run) : TOLD.contains(run)) {
            return true;
        }
        long now = System.nanoTime();
        long next = NEXT.get();
        if (now - next < 0 || !NEXT.compareAndSet(next, Math.max(next + APART, now - BEHIND))) {
            return false;
        }
        if (!last) {
            TOLD.add(run);
        }
        return true;
    }
}

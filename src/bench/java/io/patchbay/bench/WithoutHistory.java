package io.patchbay.bench;

import io.patchbay.App;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.RunHistory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;

/** The program without a history of callbacks, to be compared with: nothing is handed to what writes it. */
public final class WithoutHistory {

    private static final Set<String> STORY = Set.of("started", "progressed", "captured");

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
            if (STORY.contains(method.getName())) {
                return null;
            }
            if (method.getName().equals("finish") && arguments[1] == null) {
                return CompletableFuture.completedFuture(null);
            }
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}

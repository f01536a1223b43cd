package io.patchbay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program: {@code java -jar patchbay.jar} starts the runtime. */
@SpringBootApplication(proxyBeanMethods = false)
public class App {

    /** Starts the runtime with the settings of {@code application.yaml}, the environment and {@code args}. */
    public static void main(String[] args) {
        SpringApplication.run(App.class, args);
    }
}
